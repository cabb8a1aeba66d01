package dev.heddle.api.cloud.v1alpha1;

class ClusterAdmissionIT extends KindAdmission {
    ClusterAdmissionIT() {
        super(Cluster.class, "clusters", "cluster");
    }
}
