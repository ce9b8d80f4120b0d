/**
 * What users put on their types: {@link io.kalam.RealtimeTable} and its settings, and
 * nothing else.
 */
@NullMarked
package io.kalam;

import org.jspecify.annotations.NullMarked;
