package dev.heddle.registry;

import java.util.List;
import java.util.Optional;

/** What is asked of a registry. Each call has a time limit, and what it answers a size limit. */
public interface Registry {

    /** All tags, in the registry's order. */
    List<String> tags(Repository repository, Optional<Login> login) throws RegistryException;

    /**
     * A manifest or index.
     *
     * @param reference tag or digest; bytes of another digest than the one that was asked for are refused
     * @return empty when there is none of that name
     */
    Optional<Content> manifest(Repository repository, String reference, Optional<Login> login) throws RegistryException;

    /** Small content such as a signature's payload; refused when its digest is another one. */
    Content blob(Repository repository, String digest, Optional<Login> login) throws RegistryException;

    /** Index of the manifests that refer to a digest; empty for registries that do not know the question. */
    Optional<Content> referrers(Repository repository, String digest, Optional<Login> login) throws RegistryException;
}
