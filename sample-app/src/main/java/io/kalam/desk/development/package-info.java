/**
 * The sign-in of a development machine, which asks for no password. A real deployment
 * leaves it off and names its identity provider with
 * {@code spring.security.oauth2.resourceserver.jwt.issuer-uri}.
 */
@NullMarked
package io.kalam.desk.development;

import org.jspecify.annotations.NullMarked;
