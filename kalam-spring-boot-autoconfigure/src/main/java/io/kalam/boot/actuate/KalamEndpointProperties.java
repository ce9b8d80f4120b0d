package io.kalam.boot.actuate;

import java.util.Set;

import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of the endpoint.
 *
 * @param showValues When to show user ids, owners and queries; otherwise users are shown
 * as a hash that is good as long as the process runs.
 * @param roles Roles of which a user needs one to be shown them with 'when-authorized'.
 * When empty, all authenticated users are shown them.
 */
@ConfigurationProperties("management.endpoint.kalam")
public record KalamEndpointProperties(@DefaultValue("never") Show showValues, @DefaultValue Set<String> roles) {

	public KalamEndpointProperties {
		roles = Set.copyOf(roles);
	}

}
