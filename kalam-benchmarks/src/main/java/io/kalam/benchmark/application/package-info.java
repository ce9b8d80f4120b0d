/**
 * A small application, which is started with Kalam on its class path and without.
 */
@NullMarked
package io.kalam.benchmark.application;

import org.jspecify.annotations.NullMarked;
