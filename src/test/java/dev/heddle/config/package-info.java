/** Tests of how the operator is put together. */
package dev.heddle.config;
