/**
 * What Kalam costs, beside the least that could do the same, measured in the same run.
 */
@NullMarked
package io.kalam.benchmark;

import org.jspecify.annotations.NullMarked;
