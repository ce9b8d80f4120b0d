/**
 * How Kalam is wired into a Spring Boot application: properties, auto-configurations,
 * health, and what is said when the application can't start.
 */
@NullMarked
package io.kalam.boot;

import org.jspecify.annotations.NullMarked;
