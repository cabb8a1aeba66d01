package dev.heddle.core.migration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** What a side has. @param aliases name of the collection by alias */
public record SideSchema(ServerInfo info, Map<String, ObjectNode> collections, Map<String, String> aliases) {}
