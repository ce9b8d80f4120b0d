/**
 * Tests of what the jar of the browser client holds.
 */
package io.kalam.client;
