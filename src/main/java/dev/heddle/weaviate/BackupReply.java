package dev.heddle.weaviate;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * GET /v1/backups/{backend}/{id}, and one of GET /v1/backups/{backend}.
 *
 * @param status STARTED, TRANSFERRING, TRANSFERRED, SUCCESS, FAILED or CANCELED; from 1.36 on also FINALIZING and
 *     CANCELLING
 * @param startedAt as Weaviate writes it; null from a version that does not say
 */
@RegisterForReflection
public record BackupReply(String id, String status, String error, String startedAt) {}
