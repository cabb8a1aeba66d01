/** What the tests of core share: samples of specs, observations and pods. No test stands here. */
package dev.heddle.core;
