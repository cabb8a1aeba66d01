package dev.heddle;

import dev.heddle.config.Leadership;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import jakarta.enterprise.inject.Instance;

/** The one binary; without arguments it is the operator. */
@QuarkusMain
public class Main implements QuarkusApplication {
    private final Instance<Leadership> leadership;

    Main(Instance<Leadership> leadership) {
        this.leadership = leadership;
    }

    @Override
    public int run(String... arguments) {
        if (arguments.length > 0) {
            System.err.println("heddle: unknown command " + arguments[0] + "; without arguments it runs the operator");
            return 2;
        }
        leadership.get().start();
        Quarkus.waitForExit();
        return 0;
    }
}
