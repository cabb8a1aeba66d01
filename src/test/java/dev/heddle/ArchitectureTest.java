package dev.heddle;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.conditions.ArchConditions.beFinal;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.javaoperatorsdk.operator.api.reconciler.Workflow;
import io.javaoperatorsdk.operator.api.reconciler.dependent.Dependent;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Who may know whom. Each rule says what goes wrong without it. */
@AnalyzeClasses(packages = "dev.heddle", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    /** Decisions without a client, a clock or CDI can be tested in milliseconds, for every case; semver and cron are arithmetic. */
    @ArchTest
    static final ArchRule coreIsPure = classes()
            .that()
            .resideInAPackage("dev.heddle.core..")
            .and()
            .resideOutsideOfPackage("dev.heddle.core.migration..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    "dev.heddle.core..",
                    "dev.heddle.api..",
                    "java..",
                    "org.semver4j..",
                    "com.cronutils..",
                    "io.fabric8.kubernetes.api.model..",
                    "io.fabric8.kubernetes.api.builder.."));

    /** As the rest of core, and needs trees of JSON: a user's objects and schema have no type of their own here. */
    @ArchTest
    static final ArchRule migrationIsPure = classes()
            .that()
            .resideInAPackage("dev.heddle.core.migration..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    "dev.heddle.core..", "dev.heddle.api..", "java..", "com.fasterxml.jackson.databind.."));

    /** The same observation has to give the same plan: a plan that is made of chance would roll every pod. */
    @ArchTest
    static final ArchRule coreLeavesNothingToChance = noClasses()
            .that()
            .resideInAPackage("dev.heddle.core..")
            .should()
            .dependOnClassesThat()
            .haveNameMatching(
                    "java\\.util\\.(Random|SplittableRandom)|java\\.util\\.random\\..*|java\\.security\\.SecureRandom")
            .orShould()
            .callMethod(java.util.UUID.class, "randomUUID")
            .orShould()
            .callMethod(Math.class, "random");

    /** What core needs is handed to it, so that tests can hand it too. */
    @ArchTest
    static final ArchRule coreReadsNothing = noClasses()
            .that()
            .resideInAPackage("dev.heddle.core..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("java.io..", "java.nio.file..", "java.net..", "java.lang.ref..")
                    .and(not(JavaClass.Predicates.type(java.io.Serializable.class))));

    /** The custom resources are data; whoever reads them must not pull in the planner. */
    @ArchTest
    static final ArchRule apiHasNoLogic = noClasses()
            .that()
            .resideInAPackage("dev.heddle.api..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("dev.heddle..").and(resideOutsideOfPackages("dev.heddle.api..")));

    /** Adapters are tested against a plain server and used by the migration Job, where there is no Kubernetes. */
    @ArchTest
    static final ArchRule adaptersKnowNoKubernetes = noClasses()
            .that()
            .resideInAnyPackage(
                    "dev.heddle.weaviate..", "dev.heddle.prometheus..", "dev.heddle.registry..", "dev.heddle.cosign..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.fabric8..", "io.javaoperatorsdk..", "dev.heddle.core..", "dev.heddle.api..");

    /** An adapter as well; what it reads it hands over in the words of the proof. */
    @ArchTest
    static final ArchRule bucketKnowsNoKubernetes = noClasses()
            .that()
            .resideInAPackage("dev.heddle.bucket..")
            .should()
            .dependOnClassesThat(
                    resideInAnyPackage("io.fabric8..", "io.javaoperatorsdk..", "dev.heddle.core..", "dev.heddle.api..")
                            .and(resideOutsideOfPackages("dev.heddle.core.backup")));

    /** An SDK that spreads cannot be replaced, and weighs on every native image. */
    @ArchTest
    static final ArchRule onlyBucketKnowsS3 = noClasses()
            .that()
            .resideOutsideOfPackage("dev.heddle.bucket..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("software.amazon..", "io.minio..", "com.amazonaws..");

    /** Only a migration over gRPC needs it; whoever else touched it would load it at the operator's start. */
    @ArchTest
    static final ArchRule onlyOnePackageKnowsGrpc = noClasses()
            .that()
            .resideOutsideOfPackages("dev.heddle.migrate.grpc..", "dev.heddle.migrate.wire..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.heddle.migrate.wire..", "com.google.protobuf..");

    /** The migration runs as a Job; with reconcilers in it, it would need their rights. */
    @ArchTest
    static final ArchRule migrateIsNoOperator = noClasses()
            .that()
            .resideInAPackage("dev.heddle.migrate..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.javaoperatorsdk..")
            .allowEmptyShould(true);

    /** Settings that are read where they are used cannot be listed, documented or tested. */
    @ArchTest
    static final ArchRule onlyConfigReadsConfiguration = noClasses()
            .that()
            .resideOutsideOfPackage("dev.heddle.config..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.eclipse.microprofile.config..", "io.smallrye.config..")
            .orShould()
            .callMethodWhere(com.tngtech.archunit.base.DescribedPredicate.describe(
                    "System's environment or properties",
                    call -> call.getTargetOwner().isEquivalentTo(System.class)
                            && call.getName().matches("getenv|getProperty|getProperties")));

    /** Time that cannot be set cannot be tested: back-off, time limits, schedules. */
    @ArchTest
    static final ArchRule timeIsInjected = noClasses()
            .that()
            .resideOutsideOfPackage("dev.heddle.config..")
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(Clock.class, "systemDefaultZone")
            .orShould()
            .callMethod(java.time.ZonedDateTime.class, "now")
            .orShould()
            .callMethod(java.time.OffsetDateTime.class, "now")
            .orShould()
            .callMethod(java.time.LocalDateTime.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis");

    /** Two reconcile threads, one variable. */
    @ArchTest
    static final ArchRule noPublicMutableStatic =
            fields().that().areStatic().and().areNotPrivate().should(beFinal());

    /** Such a class is about nothing, so everything ends up in it. */
    @ArchTest
    static final ArchRule classesAreNamedAfterNouns =
            noClasses().should().haveNameMatching(".*(Utils|Helper|Manager|Common|Impl)");

    /** Packages that need each other are one package. */
    @ArchTest
    static final ArchRule noPackageCycles =
            slices().matching("dev.heddle.(**)").should().beFreeOfCycles();

    /** Controllers are independent: what two of them need is in core or dependent. */
    @ArchTest
    static final ArchRule noSharedStepsBetweenLayers = noClasses()
            .that()
            .resideInAnyPackage("dev.heddle.dependent..", "dev.heddle.config..")
            .should()
            .dependOnClassesThat()
            .haveSimpleNameEndingWith("Reconciler");

    /** QOSDK makes one object of each dependent class; two controllers would mix up their event sources. */
    @Test
    void dependentsBelongToOneWorkflow() {
        JavaClasses all = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.heddle");
        var owners = new HashMap<Class<?>, TreeSet<String>>();
        all.stream()
                .filter(type -> type.isAnnotatedWith(Workflow.class))
                .map(JavaClass::reflect)
                .forEach(
                        type -> Arrays.stream(type.getAnnotation(Workflow.class).dependents())
                                .map(Dependent::type)
                                .forEach(dependent -> owners.computeIfAbsent(dependent, key -> new TreeSet<>())
                                        .add(type.getName())));
        assertThat(owners).isNotEmpty();
        owners.forEach((dependent, workflows) ->
                assertThat(workflows).as(dependent.getName()).hasSize(1));
    }
}
