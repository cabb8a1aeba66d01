package dev.heddle;

import dev.heddle.config.Leadership;
import dev.heddle.migrate.MigrateCommand;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import jakarta.enterprise.inject.Instance;
import java.util.Arrays;

/** The one binary; without arguments it is the operator. */
@QuarkusMain
public class Main implements QuarkusApplication {
    private final Instance<Leadership> leadership;
    private final Instance<MigrateCommand> migrate;

    Main(Instance<Leadership> leadership, Instance<MigrateCommand> migrate) {
        this.leadership = leadership;
        this.migrate = migrate;
    }

    @Override
    public int run(String... arguments) {
        if (arguments.length > 0 && arguments[0].equals("migrate")) {
            return migrate.get().run(Arrays.copyOfRange(arguments, 1, arguments.length));
        }
        if (arguments.length > 0) {
            System.err.println("heddle: unknown command " + arguments[0]
                    + "; known is migrate, and without arguments it runs the operator");
            return 2;
        }
        leadership.get().start();
        Quarkus.waitForExit();
        return 0;
    }
}
