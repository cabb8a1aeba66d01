package dev.heddle;

import dev.heddle.config.Leadership;
import io.javaoperatorsdk.operator.Operator;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import jakarta.enterprise.inject.Instance;

/** The one binary; without arguments it is the operator. */
@QuarkusMain
public class Main implements QuarkusApplication {
    private final Instance<Operator> operator;
    private final Instance<Leadership> leadership;

    Main(Instance<Operator> operator, Instance<Leadership> leadership) {
        this.operator = operator;
        this.leadership = leadership;
    }

    @Override
    public int run(String... arguments) {
        if (arguments.length > 0) {
            System.err.println("heddle: unknown command " + arguments[0] + "; without arguments it runs the operator");
            return 2;
        }
        operator.get().start();
        Quarkus.waitForExit();
        operator.get().stop();
        leadership.get().release();
        return 0;
    }
}
