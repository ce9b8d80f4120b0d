package io.kalam.boot;

import java.util.List;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.util.matcher.OrServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.PathPatternParserServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration
 * Auto-configuration} of the filter chain of the socket's path and of the client's
 * scripts. It lets requests through, because the endpoint authenticates by itself, and
 * matches nothing else.
 * <p>
 * Comes after Boot's own, which back off as soon as there is any filter chain: everything
 * else stays as secured as it would be without us.
 */
@AutoConfiguration(after = KalamAutoConfiguration.class, afterName = {
		"org.springframework.boot.security.autoconfigure.web.reactive.ReactiveWebSecurityAutoConfiguration",
		"org.springframework.boot.security.autoconfigure.actuate.web.reactive.ReactiveManagementWebSecurityAutoConfiguration",
		"org.springframework.boot.security.oauth2.server.resource.autoconfigure.web.reactive.ReactiveOAuth2ResourceServerWebSecurityAutoConfiguration",
		"org.springframework.boot.security.oauth2.client.autoconfigure.reactive.ReactiveOAuth2ClientWebSecurityAutoConfiguration" })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnClass({ ServerHttpSecurity.class, SecurityWebFilterChain.class })
@ConditionalOnBooleanProperty(name = "kalam.enabled", matchIfMissing = true)
public final class KalamSecurityAutoConfiguration {

	/**
	 * Before the application's own chains.
	 */
	static final int ORDER = -100;

	@Bean
	@Order(ORDER)
	@ConditionalOnBean(ServerHttpSecurity.class)
	@ConditionalOnMissingBean(name = "kalamSecurityWebFilterChain")
	SecurityWebFilterChain kalamSecurityWebFilterChain(ServerHttpSecurity http, KalamProperties properties) {
		List<ServerWebExchangeMatcher> paths = new ServedPaths(properties)
			.matchers(PathPatternParserServerWebExchangeMatcher::new);
		return http.securityMatcher(new OrServerWebExchangeMatcher(paths))
			.authorizeExchange((exchanges) -> exchanges.anyExchange().permitAll())
			.csrf(ServerHttpSecurity.CsrfSpec::disable)
			.build();
	}

}
