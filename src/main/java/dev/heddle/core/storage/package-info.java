/** How large the volumes are to be, and whether their disks are full. Pure. */
package dev.heddle.core.storage;
