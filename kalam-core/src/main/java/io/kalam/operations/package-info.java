/**
 * The Java API for those who operate. Input: a call. Output: the same guarantees as for a
 * client, for Java code.
 */
@NullMarked
package io.kalam.operations;

import org.jspecify.annotations.NullMarked;
