package dev.heddle.migrate;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How one side is reached.
 *
 * @param rest scheme, host and port
 * @param grpc scheme ({@code http} is without TLS), host and port
 * @param apiKey empty for none
 * @param ca PEM file; empty for the system's authorities
 * @param insecure whether any certificate is believed
 */
public record Access(URI rest, URI grpc, String apiKey, Optional<Path> ca, boolean insecure) {
    /** Without the key. */
    @Override
    public String toString() {
        return rest.getHost() + ":" + rest.getPort();
    }
}
