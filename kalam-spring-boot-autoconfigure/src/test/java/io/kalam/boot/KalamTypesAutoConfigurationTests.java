package io.kalam.boot;

import java.util.Map;

import io.kalam.typescript.TypeScriptDeclarations;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who may read the types of the tables: nobody, unless somebody develops.
 */
class KalamTypesAutoConfigurationTests {

	private final AutoConfigurations configurations = AutoConfigurations.of(KalamConnectionAutoConfiguration.class,
			KalamEntityAutoConfiguration.class, KalamAutoConfiguration.class, KalamTypesAutoConfiguration.class);

	private final ReactiveWebApplicationContextRunner reactive = new ReactiveWebApplicationContextRunner()
		.withConfiguration(this.configurations)
		.withPropertyValues("kalam.postgres.host=localhost", "kalam.postgres.port=1");

	private final WebApplicationContextRunner servlet = new WebApplicationContextRunner()
		.withConfiguration(this.configurations)
		.withPropertyValues("kalam.postgres.host=localhost", "kalam.postgres.port=1");

	@Test
	void nobodyByDefault() {
		this.reactive.run((context) -> assertThat(context).hasNotFailed()
			.hasSingleBean(TypeScriptDeclarations.class)
			.doesNotHaveBean("kalamTypesRoute")
			.doesNotHaveBean(TypesFile.class));
		this.servlet.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("kalamTypesServlet"));
	}

	@Test
	void everybodyIfThePropertySaysSo() {
		this.reactive.withPropertyValues("kalam.types.enabled=true")
			.run((context) -> assertThat(context).hasBean("kalamTypesRoute").doesNotHaveBean("kalamTypesServlet"));
		this.servlet.withPropertyValues("kalam.types.enabled=true")
			.run((context) -> assertThat(context).hasSingleBean(ServletRegistrationBean.class)
				.doesNotHaveBean("kalamTypesRoute"));
	}

	@Test
	void everybodyWhileDevToolsIsActive() {
		this.reactive.withInitializer(KalamTypesAutoConfigurationTests::devTools)
			.run((context) -> assertThat(context).hasBean("kalamTypesRoute"));
		this.servlet.withInitializer(KalamTypesAutoConfigurationTests::devTools)
			.run((context) -> assertThat(context).hasBean("kalamTypesServlet"));
	}

	@Test
	void nobodyIfThePropertySaysSoWhileDevToolsIsActive() {
		this.reactive.withInitializer(KalamTypesAutoConfigurationTests::devTools)
			.withPropertyValues("kalam.types.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean("kalamTypesRoute"));
	}

	@Test
	void nobodyIfDevToolsIsOpenToOtherMachines() {
		this.reactive.withInitializer(KalamTypesAutoConfigurationTests::devTools)
			.withPropertyValues("spring.devtools.remote.secret=x")
			.run((context) -> assertThat(context).doesNotHaveBean("kalamTypesRoute"));
	}

	@Test
	void nothingIsThereIfKalamIsSwitchedOff() {
		this.reactive.withPropertyValues("kalam.enabled=false", "kalam.types.enabled=true", "kalam.types.file=a.ts")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(TypeScriptDeclarations.class)
				.doesNotHaveBean(TypesFile.class)
				.doesNotHaveBean("kalamTypesRoute"));
	}

	@Test
	void aFileThatIsNoModuleOfTypeScriptIsRefused() {
		this.reactive.withPropertyValues("kalam.types.file=pom.xml")
			.run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining("kalam.types.file"));
	}

	private static void devTools(ConfigurableApplicationContext context) {
		context.getEnvironment().getPropertySources().addLast(new MapPropertySource("devtools", Map.of()));
	}

}
