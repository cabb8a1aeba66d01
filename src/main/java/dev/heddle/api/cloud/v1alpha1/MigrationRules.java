package dev.heddle.api.cloud.v1alpha1;

/** Parts of CEL rules and limits of migrations. */
final class MigrationRules {
    static final String ADDRESS =
            "self.matches('^(https?://)?([A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\\\\[[0-9A-Fa-f:.]+\\\\])(:[0-9]{1,5})?/?$')";

    private static final String FORM = " must be a host, a port if need be, https:// or http:// in front, and no path";
    static final String HOST_MESSAGE = "host" + FORM;
    static final String REST_HOST_MESSAGE = "restHost" + FORM;

    /** 2024-02-22T02:00:00Z, with an offset if need be, or 22-02-2024T02:00:00Z; whether the day exists is for the planner. */
    static final String TIME =
            "^([0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])|(0[1-9]|[12][0-9]|3[01])-(0[1-9]|1[0-2])-[0-9]{4})"
                    + "T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,9})?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$";

    static final String LABEL_KEY =
            "k.matches('^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$')";

    private MigrationRules() {}
}
