package dev.heddle.weaviate;

import java.util.List;

/**
 * What a backup is to be.
 *
 * @param include only these collections; empty for all
 * @param exclude all but these; empty for all
 * @param compression in Weaviate's own words, such as DefaultCompression
 * @param cpuPercentage 1 to 80
 */
public record BackupOrder(List<String> include, List<String> exclude, String compression, int cpuPercentage) {}
