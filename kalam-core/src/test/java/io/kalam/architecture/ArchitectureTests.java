package io.kalam.architecture;

import java.time.Duration;
import java.util.List;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The order of the packages is the order in which a change flows; this is where it is
 * written down so that it can't be broken.
 */
class ArchitectureTests {

	/**
	 * Each package may use those above it, and its own parent.
	 */
	private static final List<String> ORDER = List.of("", "catalog", "codec", "change", "capture", "capture.debezium",
			"sequence", "partition", "typescript", "access", "journal", "journal.memory", "journal.rocksdb", "query",
			"snapshot", "snapshot.r2dbc", "event", "subscription", "pipeline", "operations", "protocol", "websocket");

	private static final JavaClasses CLASSES = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.importPackages("io.kalam");

	@Test
	void packagesDependInOneDirection() {
		classes().should(new ArchCondition<>("only use packages above their own") {

			@Override
			public void check(JavaClass user, ConditionEvents events) {
				int own = place(user);
				user.getDirectDependenciesFromSelf()
					.stream()
					.filter((dependency) -> dependency.getTargetClass().getPackageName().startsWith("io.kalam"))
					.filter((dependency) -> place(dependency.getTargetClass()) > own)
					.forEach((dependency) -> events
						.add(SimpleConditionEvent.violated(user, dependency.getDescription())));
			}

		}).check(CLASSES);
	}

	@Test
	void everyPackageHasItsPlace() {
		assertThat(CLASSES.stream().map(JavaClass::getPackageName).distinct().map(ArchitectureTests::name))
			.allSatisfy((name) -> assertThat(ORDER).contains(name));
	}

	@Test
	void thereAreNoCycles() {
		slices().matching("io.kalam.(**)").should().beFreeOfCycles().check(CLASSES);
	}

	@Test
	void onlyItsOwnPackageKnowsDebezium() {
		noClasses().that()
			.resideOutsideOfPackages("io.kalam.capture.debezium..", "io.debezium..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("io.debezium..", "org.apache.kafka..")
			.check(CLASSES);
	}

	@Test
	void onlyTheDurableJournalKnowsRocksDb() {
		noClasses().that()
			.resideOutsideOfPackage("io.kalam.journal.rocksdb")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("org.rocksdb..")
			.check(CLASSES);
	}

	@Test
	void onlyTheSocketKnowsSpringsWebClasses() {
		noClasses().that()
			.resideOutsideOfPackage("io.kalam.websocket..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("org.springframework.web..", "org.springframework.http..",
					"org.springframework.security..")
			.check(CLASSES);
	}

	@Test
	void theEngineDoesNotKnowSpringBoot() {
		noClasses().should().dependOnClassesThat().resideInAPackage("org.springframework.boot..").check(CLASSES);
		assertThat(ArchitectureTests.class.getClassLoader()
			.getResource("org/springframework/boot/SpringApplication.class")).isNull();
	}

	@Test
	void nothingSleepsOrAsksTheSystemForTheTime() {
		noClasses().should()
			.callMethod(Thread.class, "sleep", long.class)
			.orShould()
			.callMethod(Thread.class, "sleep", Duration.class)
			.orShould()
			.callMethod(System.class, "currentTimeMillis")
			.check(CLASSES);
	}

	@Test
	void everyPackageIsNullMarked() {
		assertThat(CLASSES.stream().map(JavaClass::getPackage).distinct())
			.allSatisfy((pack) -> assertThat(pack.isAnnotatedWith(NullMarked.class)).as(pack.getName()).isTrue());
	}

	private static int place(JavaClass type) {
		return ORDER.indexOf(name(type.getPackageName()));
	}

	private static String name(String packageName) {
		return packageName.equals("io.kalam") ? "" : packageName.substring("io.kalam.".length());
	}

}
