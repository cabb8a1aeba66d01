/** Picks the node pool for a GPU request from what the nodes say of themselves. Pure. */
package dev.heddle.core.gpu;
