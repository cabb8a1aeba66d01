package dev.heddle.api.cloud.v1alpha1;

/** Parts of CEL rules and limits that the kinds around backups share. */
final class BackupRules {
    /** Days, hours, minutes, seconds, in this order; empty text does not match because of the second half. */
    static final String DURATION =
            "self.matches('^([0-9]{1,4}d)?([0-9]{1,4}h)?([0-9]{1,4}m)?([0-9]{1,5}s)?$') && self.matches('[1-9]')";

    /** A bucket, or s3://bucket, or s3://bucket/prefix. */
    static final String BUCKET =
            "self.matches('^([a-z0-9][a-z0-9.-]{1,61}[a-z0-9]|s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[A-Za-z0-9!_.*()-]+)*/?)$')";

    /** Five fields, or a word for five fields; which values fit a field is for the planner, which can say why not. */
    static final String CRON =
            "self.matches('^@(yearly|annually|monthly|weekly|daily|midnight|hourly)$') || self.matches('^[0-9A-Za-z*/,-]+( +[0-9A-Za-z*/,-]+){4}$')";

    /** IANA names: Area/Location, UTC, Etc/GMT+3. */
    static final String TIME_ZONE = "^[A-Za-z][A-Za-z0-9_+/-]*$";

    private BackupRules() {}
}
