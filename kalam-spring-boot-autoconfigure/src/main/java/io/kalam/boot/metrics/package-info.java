/**
 * Meters. Input: what the stages of the engine tell their listeners, and what they answer
 * when they are asked how they are doing. Output: the meters {@code kalam.*}, the same
 * ones in every application, with tags of which each has a few values.
 */
@NullMarked
package io.kalam.boot.metrics;

import org.jspecify.annotations.NullMarked;
