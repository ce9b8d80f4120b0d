package io.kalam.desk.development;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Configures the development sign-in.
 *
 * @param enabled whether anybody may sign in as anybody
 * @param secret what tokens are signed with, 32 characters or more; drawn at every start
 * by default
 */
@ConfigurationProperties("desk.development-sign-in")
record DevelopmentSignInProperties(boolean enabled, @Nullable String secret) {
}
