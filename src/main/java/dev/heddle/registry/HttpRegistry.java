package dev.heddle.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The OCI distribution protocol, with anonymous, basic and token access. */
public final class HttpRegistry implements Registry {
    /** No image has that many; a registry that goes on for ever must not keep anybody. */
    private static final int MAX_PAGES = 20;

    private static final Duration TOKEN_LIFE = Duration.ofSeconds(60);
    private static final int TOKENS = 256;
    private static final String MANIFESTS = String.join(
            ",",
            "application/vnd.oci.image.index.v1+json",
            "application/vnd.docker.distribution.manifest.list.v2+json",
            "application/vnd.oci.image.manifest.v1+json",
            "application/vnd.docker.distribution.manifest.v2+json");
    private static final String INDEX = "application/vnd.oci.image.index.v1+json";
    private static final Pattern NEXT = Pattern.compile("<([^>]*)>\\s*;\\s*rel=\"?next\"?");
    private static final Pattern PARAMETER = Pattern.compile("([a-z_]+)=\"([^\"]*)\"");
    private static final JsonMapper JSON = new JsonMapper();

    private final Exchange http;
    private final Addresses addresses;
    private final Clock clock;
    private final Map<String, Token> tokens = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Token> eldest) {
            return size() > TOKENS;
        }
    });

    private record Token(String authorization, Instant until) {}

    public HttpRegistry(Vertx vertx, Addresses addresses, Duration timeout, Clock clock) {
        this.http = new Exchange(vertx, timeout);
        this.addresses = addresses;
        this.clock = clock;
    }

    @Override
    public List<String> tags(Repository repository, Optional<Login> login) throws RegistryException {
        var tags = new ArrayList<String>();
        var next = Optional.of(path(repository, "tags/list?n=1000"));
        for (int page = 0; next.isPresent() && page < MAX_PAGES; page++) {
            var uri = next.get();
            var reply = get(repository, uri, "application/json", login);
            if (reply.status() != 200) {
                throw refused(repository, reply);
            }
            json(repository, reply.body()).path("tags").forEach(tag -> tags.add(tag.asText()));
            next = reply.header("Link")
                    .map(NEXT::matcher)
                    .filter(link -> link.find())
                    .map(link -> uri.resolve(link.group(1)))
                    .filter(other -> uri.getHost().equals(other.getHost()));
        }
        return List.copyOf(tags);
    }

    @Override
    public Optional<Content> manifest(Repository repository, String reference, Optional<Login> login)
            throws RegistryException {
        var reply = get(repository, path(repository, "manifests/" + reference), MANIFESTS, login);
        if (reply.status() == 404) {
            return Optional.empty();
        }
        return Optional.of(content(repository, reply, reference));
    }

    @Override
    public Content blob(Repository repository, String digest, Optional<Login> login) throws RegistryException {
        return content(repository, get(repository, path(repository, "blobs/" + digest), "*/*", login), digest);
    }

    @Override
    public Optional<Content> referrers(Repository repository, String digest, Optional<Login> login)
            throws RegistryException {
        var reply = get(repository, path(repository, "referrers/" + digest), INDEX, login);
        return reply.status() == 404 || reply.status() == 405
                ? Optional.empty()
                : Optional.of(content(repository, reply, ""));
    }

    private static Content content(Repository repository, Exchange.Reply reply, String reference)
            throws RegistryException {
        if (reply.status() != 200) {
            throw refused(repository, reply);
        }
        var content = Content.of(reply.body());
        if (reference.startsWith("sha256:") && !reference.equals(content.digest())) {
            throw new RegistryException(
                    false,
                    "%s answered content of %s when asked for %s".formatted(repository, content.digest(), reference));
        }
        return content;
    }

    private Exchange.Reply get(Repository repository, URI uri, String accept, Optional<Login> login)
            throws RegistryException {
        var who = repository + "\n" + login.map(Login::basic).orElse("");
        var known = Optional.ofNullable(tokens.get(who))
                .filter(token -> token.until().isAfter(clock.instant()));
        var reply = http.get(uri, accept, known.map(Token::authorization));
        if (reply.status() != 401) {
            return reply;
        }
        tokens.remove(who);
        var fresh = authorize(repository, reply.header("WWW-Authenticate").orElse(""), login);
        tokens.put(who, new Token(fresh, clock.instant().plus(TOKEN_LIFE)));
        return http.get(uri, accept, Optional.of(fresh));
    }

    /** What the registry wants to see, by its own words. */
    private String authorize(Repository repository, String challenge, Optional<Login> login) throws RegistryException {
        if (challenge.regionMatches(true, 0, "Basic", 0, 5)) {
            return login.map(Login::basic)
                    .orElseThrow(() -> new RegistryException(
                            false, "%s wants a login; name one in image.pullSecrets".formatted(repository)));
        }
        var asked = new HashMap<String, String>();
        PARAMETER.matcher(challenge).results().forEach(found -> asked.put(found.group(1), found.group(2)));
        var realm = asked.get("realm");
        if (!challenge.regionMatches(true, 0, "Bearer", 0, 6) || realm == null) {
            throw new RegistryException(
                    false, "%s refuses to be read, and does not say how to log in".formatted(repository));
        }
        var query = "service=%s&scope=%s"
                .formatted(
                        encoded(asked.getOrDefault("service", "")),
                        encoded("repository:%s:pull".formatted(repository.path())));
        var uri = Exchange.uri(realm + (realm.contains("?") ? "&" : "?") + query);
        if (!addresses.of(repository).getScheme().equals(uri.getScheme()) && !"https".equals(uri.getScheme())) {
            throw new RegistryException(
                    false, "%s wants a login over a connection that is not encrypted".formatted(repository));
        }
        var reply = http.get(uri, "application/json", login.map(Login::basic));
        if (reply.status() != 200) {
            throw refused(repository, reply);
        }
        var token = json(repository, reply.body());
        var text = token.path("token").asText(token.path("access_token").asText(""));
        if (text.isEmpty()) {
            throw new RegistryException(false, "%s gave no token".formatted(repository));
        }
        return "Bearer " + text;
    }

    private URI path(Repository repository, String rest) {
        return Exchange.resolve(addresses.of(repository), "/v2/%s/%s".formatted(repository.path(), rest));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static JsonNode json(Repository repository, byte[] body) throws RegistryException {
        try {
            return JSON.readTree(body);
        } catch (IOException unreadable) {
            throw new RegistryException(true, "%s answered something that is not JSON".formatted(repository));
        }
    }

    private static RegistryException refused(Repository repository, Exchange.Reply reply) {
        int status = reply.status();
        var why =
                switch (status) {
                    case 401, 403 -> "%s refuses to be read (HTTP %d); check image.pullSecrets";
                    case 404 -> "%s does not exist, or may not be seen (HTTP %d)";
                    default -> "%s answered HTTP %d";
                };
        return new RegistryException(status == 429 || status >= 500, why.formatted(repository, status));
    }
}
