/**
 * Tests of who sees which rows. Input: a user and a query. Output: what that user's
 * client holds and was told, through a real socket, as of everything that was committed
 * before the question.
 */
@NullMarked
package io.kalam.boot.test;

import org.jspecify.annotations.NullMarked;
