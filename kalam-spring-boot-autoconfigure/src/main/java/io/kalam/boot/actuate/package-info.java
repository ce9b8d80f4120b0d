/**
 * The endpoint {@code kalam} of the actuator. Input: what the stages of the engine answer
 * when they are asked how they are doing, and an operator's requests. Output: the same in
 * JSON; user ids only to whom they may be shown.
 */
@NullMarked
package io.kalam.boot.actuate;

import org.jspecify.annotations.NullMarked;
