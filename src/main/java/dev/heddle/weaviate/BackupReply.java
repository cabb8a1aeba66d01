package dev.heddle.weaviate;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** GET /v1/backups/{backend}/{id}. @param status STARTED, TRANSFERRING, TRANSFERRED, SUCCESS, FAILED or CANCELED */
@RegisterForReflection
public record BackupReply(String status, String error) {}
