package io.kalam.catalog;

/**
 * Which unbroken history of a table's rows the change stream tells. Of two lineages of a
 * table that were read one after the other, the second is another one if the table was
 * replaced or rewritten in between, or was out of the publication for a while: whatever
 * the rows were before, the stream doesn't tell how they became what they are.
 *
 * @param value compared, and nothing else
 */
public record TableLineage(String value) {

}
