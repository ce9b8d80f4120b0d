/**
 * Containers that are fit for realtime tables. Input: the name of an image. Output: a
 * container of Testcontainers, which has to be on the class path.
 */
@NullMarked
package io.kalam.boot.test.container;

import org.jspecify.annotations.NullMarked;
