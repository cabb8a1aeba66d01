package dev.heddle.migrate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heddle.core.migration.Place;
import dev.heddle.core.migration.Reference;
import dev.heddle.core.migration.ServerInfo;
import dev.heddle.core.migration.WriteResult;
import java.util.List;
import java.util.Map;

/** Everything of one side but reading and writing objects; always REST. Asks once, within a time limit. */
public interface SchemaChannel extends AutoCloseable {

    /** Version, modules, nodes, clock. */
    ServerInfo info() throws MigrationException;

    /** Definitions of all collections, by name. */
    Map<String, ObjectNode> collections() throws MigrationException;

    void create(ObjectNode definition) throws MigrationException;

    void addProperty(String collection, ObjectNode property) throws MigrationException;

    /** Activity status by name: ACTIVE, INACTIVE, OFFLOADED, or one on the way. */
    Map<String, String> tenants(String collection) throws MigrationException;

    /** Activity status of one. */
    String tenant(String collection, String name) throws MigrationException;

    /** @param statuses at most 100, by name: ACTIVE or INACTIVE; those that are there stay as they are */
    void createTenants(String collection, Map<String, String> statuses) throws MigrationException;

    /** @param statuses at most 100, by name: ACTIVE, INACTIVE or OFFLOADED */
    void setTenants(String collection, Map<String, String> statuses) throws MigrationException;

    /** Name of the collection by alias; none on servers that know no aliases. */
    Map<String, String> aliases() throws MigrationException;

    void createAlias(String alias, String collection) throws MigrationException;

    /**
     * Adds to those that are there, also a second time. Errors by object: of one that is not there; what they lead to
     * need not be there.
     */
    WriteResult addReferences(Place place, List<Reference> references) throws MigrationException;

    @Override
    void close();
}
