/**
 * Kalam Desk: support tickets that only their assignee sees, and rooms that everybody
 * reads, both live.
 */
@NullMarked
package io.kalam.desk;

import org.jspecify.annotations.NullMarked;
