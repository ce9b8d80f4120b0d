package io.kalam.boot;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionEvaluationReport;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

class OnR2dbcApplicationTests {

	private static final String R2DBC = R2dbcAutoConfiguration.class.getName();

	private final DefaultListableBeanFactory beans = new DefaultListableBeanFactory();

	private final OnR2dbcApplication filter = new OnR2dbcApplication();

	@ParameterizedTest
	@CsvSource({ "spring.r2dbc.url, false, true", "spring.r2dbc.url, true, true", "spring.datasource.url, false, false",
			"spring.datasource.jndi-name, false, false", "spring.datasource.hikari.jdbc-url, false, false",
			"nothing, false, true", "nothing, true, false" })
	void r2dbcIsForThoseWhoUseIt(String property, boolean jpa, boolean expected) {
		assertThat(matches(Map.of(property, "something"), jpa)).isEqualTo(expected);
	}

	@Test
	void anEmptyValueNamesNoDatabase() {
		assertThat(matches(Map.of("spring.r2dbc.url", "", "spring.datasource.url", "x"), false)).isFalse();
		assertThat(matches(Map.of("spring.datasource.url", ""), false)).isTrue();
	}

	@Test
	void theReportHasTheReason() {
		matches(Map.of("spring.datasource.url", "x"), false);
		assertThat(ConditionEvaluationReport.get(this.beans).getConditionAndOutcomesBySource().get(R2DBC)).isNotEmpty()
			.allSatisfy((outcome) -> assertThat(outcome.getOutcome().getMessage())
				.contains("spring.datasource.url is set and spring.r2dbc.url is not"));
	}

	@Test
	void nothingElseIsTouched() {
		prepare(Map.of("spring.datasource.url", "x"), true);
		boolean[] match = this.filter.match(new String[] { null, "other", R2DBC, R2DBC + "s" }, null);
		assertThat(match).containsExactly(true, true, false, true);
	}

	@Test
	void bootKnowsTheFilter() {
		List<String> filters = SpringFactoriesLoader
			.loadFactories(org.springframework.boot.autoconfigure.AutoConfigurationImportFilter.class, null)
			.stream()
			.map((found) -> found.getClass().getName())
			.toList();
		assertThat(filters).contains(OnR2dbcApplication.class.getName());
	}

	private boolean matches(Map<String, String> properties, boolean jpa) {
		prepare(properties, jpa);
		return this.filter.match(new String[] { R2DBC }, null)[0];
	}

	private void prepare(Map<String, String> properties, boolean jpa) {
		MockEnvironment environment = new MockEnvironment();
		properties.forEach(environment::setProperty);
		this.filter.setEnvironment(environment);
		this.filter.setBeanFactory(this.beans);
		this.filter.setBeanClassLoader(
				jpa ? getClass().getClassLoader() : new FilteredClassLoader(HibernateJpaAutoConfiguration.class));
	}

}
