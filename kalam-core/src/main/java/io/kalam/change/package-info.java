/**
 * The words that all stages speak: a committed transaction and the changes of which it
 * consists. Values only; nothing here has a life cycle.
 */
@NullMarked
package io.kalam.change;

import org.jspecify.annotations.NullMarked;
