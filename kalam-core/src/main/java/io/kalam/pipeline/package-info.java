/**
 * The one place where the stages meet: life cycle, acknowledgement, supervision.
 */
@NullMarked
package io.kalam.pipeline;

import org.jspecify.annotations.NullMarked;
