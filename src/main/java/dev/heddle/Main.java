package dev.heddle;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** The one binary; without arguments it is the operator. */
@QuarkusMain
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        Quarkus.run(arguments);
    }
}
