/**
 * Who has the desk open: events that live as long as a page is connected.
 */
@NullMarked
package io.kalam.desk.presence;

import org.jspecify.annotations.NullMarked;
