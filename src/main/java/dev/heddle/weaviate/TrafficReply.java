package dev.heddle.weaviate;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;

/**
 * User traffic in a page of metrics in the Prometheus text format. Only the two histograms that are looked for are read;
 * what is written in them wrongly makes the page unusable, what is not in them is zero: Weaviate makes a series when it
 * is first used.
 */
final class TrafficReply {
    private static final String HTTP = "weaviate_http_request_duration_seconds";
    private static final String GRPC = "weaviate_grpc_server_request_duration_seconds";
    /** {@code name{labels} value} and perhaps a time. A label's value has its quotes escaped. */
    private static final Pattern LINE = Pattern.compile(
            "([a-zA-Z_:][a-zA-Z0-9_:]*)\\{((?:[^\"}]|\"(?:[^\"\\\\]|\\\\.)*+\")*+)}\\s+(\\S+)(?:\\s+-?\\d+)?");

    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\]|\\\\.)*+)\",?");
    /** Searches, and single objects; not batches, whose size tells more than their number. */
    private static final Pattern ROUTES = Pattern.compile("/v1/graphql|/v1/objects(/.*)?");

    private static final Pattern METHODS = Pattern.compile("GET|POST|HEAD");
    private static final Pattern CALLS = Pattern.compile("Search|Aggregate");

    /** The line that is wrong. */
    static final class Unreadable extends IOException {
        private static final int MAX_WORDS = 120;

        Unreadable(String line) {
            super("not the text format of Prometheus: "
                    + (line.length() > MAX_WORDS ? line.substring(0, MAX_WORDS) + "…" : line));
        }
    }

    private double requests;
    private final Map<Double, Double> buckets = new TreeMap<>();

    private TrafficReply() {}

    static Traffic of(String page) throws Unreadable {
        var reply = new TrafficReply();
        for (int begin = 0; begin < page.length(); ) {
            int end = page.indexOf('\n', begin);
            end = end < 0 ? page.length() : end;
            if (page.startsWith(HTTP, begin)) {
                reply.add(page.substring(begin, end).strip(), HTTP, TrafficReply::byHttp);
            } else if (page.startsWith(GRPC, begin)) {
                reply.add(page.substring(begin, end).strip(), GRPC, TrafficReply::byGrpc);
            }
            begin = end + 1;
        }
        return new Traffic(reply.requests, Map.copyOf(reply.buckets));
    }

    private static boolean byHttp(String route, String method) {
        return ROUTES.matcher(route).matches() && METHODS.matcher(method).matches();
    }

    private static boolean byGrpc(String service, String method) {
        return "weaviate.v1.Weaviate".equals(service) && CALLS.matcher(method).matches();
    }

    private void add(String line, String family, BiPredicate<String, String> wanted) throws Unreadable {
        var match = LINE.matcher(line);
        if (!match.matches()) {
            throw new Unreadable(line);
        }
        var name = match.group(1);
        boolean bucket = name.equals(family + "_bucket");
        if (!bucket && !name.equals(family + "_count")) {
            return;
        }
        var labels = labels(match.group(2), line);
        var place = labels.getOrDefault("route", labels.getOrDefault("grpc_service", ""));
        if (!wanted.test(place, labels.getOrDefault("method", ""))) {
            return;
        }
        double value = number(match.group(3), line);
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw new Unreadable(line);
        }
        if (bucket) {
            buckets.merge(number(labels.getOrDefault("le", ""), line), value, Double::sum);
        } else {
            requests += value;
        }
    }

    private static Map<String, String> labels(String text, String line) throws Unreadable {
        var labels = new TreeMap<String, String>();
        var label = LABEL.matcher(text);
        int end = 0;
        while (label.find() && label.start() == end) {
            labels.put(label.group(1), label.group(2));
            end = label.end();
        }
        if (end != text.length()) {
            throw new Unreadable(line);
        }
        return labels;
    }

    private static double number(String text, String line) throws Unreadable {
        try {
            return "+Inf".equals(text) ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
        } catch (NumberFormatException wrong) {
            throw new Unreadable(line);
        }
    }
}
