package dev.heddle.core.migration;

import dev.heddle.core.migration.MigrationPlan.Side;
import dev.heddle.core.migration.MigrationPlan.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Whether a plan makes sense, before anything is asked. */
public final class PlanCheck {
    private static final Pattern URL = Pattern.compile("(https?)://([A-Za-z0-9.-]+|\\[[0-9a-fA-F:.]+])(:\\d{1,5})?/?");
    private static final int MOST_PARTS = 64;
    private static final int MOST_IN_BATCH = 1000;

    private PlanCheck() {}

    /** What is wrong with it, each with the name of the field; empty for nothing. */
    public static List<String> problems(MigrationPlan plan) {
        var problems = new ArrayList<String>();
        if (plan.id() == null || plan.id().isBlank()) {
            problems.add("id is missing");
        }
        side("source", plan.source(), problems);
        side("target", plan.target(), problems);
        if (plan.source() != null
                && plan.target() != null
                && plan.source().url() != null
                && plan.source().url().equals(plan.target().url())) {
            problems.add("source.url and target.url are the same");
        }
        var pace = plan.pace();
        within("pace.parallelism", pace.parallelism(), 1, MOST_PARTS, problems);
        within("pace.batchSize", pace.batchSize(), 1, MOST_IN_BATCH, problems);
        within("pace.rateLimit", pace.rateLimit(), 0, Integer.MAX_VALUE, problems);
        if (plan.deadline() < 0) {
            problems.add("deadline is negative");
        }
        plan.include().stream()
                .filter(plan.exclude()::contains)
                .forEach(name -> problems.add(name + " is included and excluded"));
        return List.copyOf(problems);
    }

    private static void within(String field, int value, int least, int most, List<String> problems) {
        if (value < least || value > most) {
            problems.add("%s is %d, not %d to %d".formatted(field, value, least, most));
        }
    }

    private static void side(String field, Side side, List<String> problems) {
        if (side == null) {
            problems.add(field + " is missing");
            return;
        }
        var scheme = url(field + ".url", side.url(), problems);
        if (side.type() == Transport.HTTPS && scheme.equals("http")) {
            problems.add(field + ".url begins with http://, and its type is https");
        }
        if (side.type() == Transport.HTTP && scheme.equals("https")) {
            problems.add(field + ".url begins with https://, and its type is http");
        }
        if (!side.grpcUrl().isEmpty()) {
            url(field + ".grpcUrl", side.grpcUrl(), problems);
        }
    }

    /** The scheme; empty where there is something wrong. */
    private static String url(String field, String value, List<String> problems) {
        var url = URL.matcher(value == null ? "" : value);
        if (url.matches()) {
            return url.group(1);
        }
        problems.add(field + " is not a URL of the form https://host:port");
        return "";
    }
}
