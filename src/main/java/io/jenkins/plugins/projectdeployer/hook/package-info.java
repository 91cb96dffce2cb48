/**
 * Runs deployment hooks: the queue for slots, the worker processes, and the clients that a hook sees. Knows nothing of
 * nodes' addresses and keys: whoever asks for a run hands in where its calls go.
 */
package io.jenkins.plugins.projectdeployer.hook;
