package io.kalam.oracle;

import io.kalam.query.Delivery;

/**
 * What a subscription begins with.
 *
 * @param snapshot whether it begins with rows
 * @param lastRows how many of the newest rows it begins with, 0 for all
 * @param pull whether it asks for each batch
 */
record Wanted(boolean snapshot, int lastRows, boolean pull) {

	static final Wanted ALL = new Wanted(true, 0, false);

	/**
	 * How a subscription's changes are delivered: to every other one the latest, whatever
	 * was delivered to the one that it takes up.
	 */
	static Delivery delivery(String id) {
		return (id.hashCode() % 2 == 0) ? Delivery.LATEST : Delivery.ALL;
	}

}
