/**
 * What things are: immutable records with no behaviour beyond their own invariants. Their JSON shape is the shape of
 * the configuration file, of the journal and of the REST resources; there is no second model beside it.
 */
package io.jenkins.plugins.projectdeployer.model;
