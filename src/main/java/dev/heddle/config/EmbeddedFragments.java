package dev.heddle.config;

/** Schema of Kubernetes' own types, as the API server checks them; by the end of the path. See {@link EmbeddedTypes}. */
final class EmbeddedFragments {
    static final String YAML = """
            # env
            env[]:
              x-kubernetes-validations:
              - {rule: '!has(self.value) || !has(self.valueFrom)', message: a variable has value or valueFrom and not both}
            env[].name: {description: Name of the variable., minLength: 1, maxLength: 128, pattern: '^[A-Za-z_][A-Za-z0-9_]*$'}
            env[].value: {description: Plain value; never put a secret here., maxLength: 8192}
            valueFrom:
              description: Source of the value.
              x-kubernetes-validations:
              - rule: '[has(self.secretKeyRef), has(self.configMapKeyRef), has(self.fieldRef), has(self.resourceFieldRef)].filter(x, x).size() == 1'
                message: valueFrom needs exactly one of secretKeyRef, configMapKeyRef, fieldRef and resourceFieldRef
            secretKeyRef: {description: Key of a Secret in the same namespace., required: [key, name]}
            configMapKeyRef: {description: Key of a ConfigMap in the same namespace., required: [key, name]}
            secretKeyRef.name: &name {description: Name of the object., minLength: 1, maxLength: 253, pattern: '^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$'}
            configMapKeyRef.name: *name
            secretKeyRef.key: &dataKey {description: Key in the object., minLength: 1, maxLength: 253, pattern: '^[-._a-zA-Z0-9]+$'}
            configMapKeyRef.key: *dataKey
            optional: {description: 'Goes on without the object or its key. Default false.'}
            fieldRef: {description: 'Field of the pod, for example metadata.name.', required: [fieldPath]}
            fieldRef.apiVersion: {description: Default v1., enum: ['', v1]}
            fieldRef.fieldPath: {description: Path of the field., maxLength: 400, pattern: '^(metadata\\.(name|namespace|uid|(labels|annotations)\\[''[^'']+''\\])|spec\\.(nodeName|serviceAccountName)|status\\.(hostIPs?|podIPs?))$'}
            resourceFieldRef: {description: 'Resource of the container, for example limits.memory.', required: [resource]}
            resourceFieldRef.containerName: {description: Not needed., maxLength: 63}
            resourceFieldRef.resource: {description: 'Resource, for example limits.memory.', maxLength: 64, pattern: '^(limits|requests)\\.(cpu|memory|ephemeral-storage)$'}
            divisor: {description: Unit of the value., minimum: 0, maximum: 1, maxLength: 3, pattern: '^[01]$|^1(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)$'}
            # resources
            requests{}: &quantity {minimum: 0, maximum: 1000000000000000, maxLength: 32, pattern: '^[0-9]{1,15}(\\.[0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$'}
            resources:
              x-kubernetes-validations:
              - rule: '!has(self.requests) || !has(self.limits) || self.requests.all(r, !(r in self.limits) || !isQuantity(string(self.requests[r])) || !isQuantity(string(self.limits[r])) || quantity(string(self.requests[r])).compareTo(quantity(string(self.limits[r]))) <= 0)'
                message: resources.requests must not be above resources.limits
              - rule: '!has(self.requests) || self.requests.all(r, !r.contains("/") || has(self.limits) && r in self.limits && string(self.limits[r]) == string(self.requests[r]))'
                message: 'resources.requests: what is not cpu, memory or ephemeral-storage needs the same value in resources.limits'
            requests: {description: 'Requests by resource, for example cpu or memory.', maxProperties: 16, x-kubernetes-validations: &names [{rule: "self.all(r, r in ['cpu', 'memory', 'ephemeral-storage'] || r.matches('^[a-z0-9]([-a-z0-9.]*[a-z0-9])?/[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$') && !r.contains('kubernetes.io/'))", message: 'resources are cpu, memory, ephemeral-storage or those of a device plugin, such as nvidia.com/gpu'}, {rule: "self.all(r, !r.contains('/') || string(self[r]).matches('^[0-9]+$'))", message: 'resources of a device plugin are whole numbers'}]}
            limits: {description: 'Limits by resource, for example cpu or memory.', maxProperties: 16, x-kubernetes-validations: *names}
            limits{}: *quantity
            minAllowed{}: *quantity
            maxAllowed{}: *quantity
            resources.memory: *quantity
            resources.cpu: *quantity
            # image
            pullSecrets[]: {required: [name]}
            pullSecrets[].name: *name
            # access
            subjects[]:
              required: [kind, name]
              x-kubernetes-validations:
              - {rule: "!has(self.__namespace__) || self.kind == 'ServiceAccount'", message: 'namespace is for kind ServiceAccount only'}
            subjects[].kind: {description: 'User, Group or ServiceAccount.', enum: [User, Group, ServiceAccount]}
            subjects[].name: {description: 'Name of the user, group or service account.', minLength: 1, maxLength: 253}
            subjects[].namespace: {description: 'Namespace of the service account. Default: that of the cluster.', maxLength: 63, pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$'}
            subjects[].apiGroup: {description: Follows from the kind., enum: ['', rbac.authorization.k8s.io]}
            # tolerations
            tolerations[]:
              x-kubernetes-validations:
              - {rule: "has(self.key) && self.key != '' || has(self.operator) && self.operator == 'Exists'", message: a toleration without key needs operator Exists}
              - {rule: "!has(self.operator) || self.operator != 'Exists' || !has(self.value) || self.value == ''", message: a toleration with operator Exists has no value}
              - {rule: "!has(self.tolerationSeconds) || has(self.effect) && self.effect == 'NoExecute'", message: tolerationSeconds is for effect NoExecute only}
            tolerations[].key: {description: 'Key of the taint. Default: every taint, with operator Exists.', maxLength: 317, pattern: '^$|^([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$'}
            tolerations[].operator: {description: Default Equal., enum: [Equal, Exists]}
            tolerations[].value: {description: Value of the taint., maxLength: 63, pattern: '^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$'}
            tolerations[].effect: {description: 'Effect of the taint. Default: every effect.', enum: ['', NoSchedule, PreferNoSchedule, NoExecute]}
            tolerations[].tolerationSeconds: {description: 'How long a NoExecute taint is tolerated. Default: for ever.', format: int64}
            # label and node selectors
            labelSelector: &selector {description: Selects pods by their labels.}
            namespaceSelector: {description: 'Selects namespaces by their labels, next to namespaces.'}
            matchLabels: {description: Labels and the values they must have., maxProperties: 32}
            matchLabels{}: {maxLength: 63, pattern: '^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$'}
            matchExpressions: {description: 'Requirements on labels; all must hold.', maxItems: 32}
            matchFields: {description: 'Requirements on fields of the node; all must hold.', maxItems: 32}
            matchExpressions[]: &requirement
              required: [key, operator]
              x-kubernetes-validations:
              - {rule: "(self.operator in ['Exists', 'DoesNotExist']) != (has(self.values) && self.values.size() > 0)", message: 'operators Exists and DoesNotExist have no values, all others need them'}
              - {rule: "!(self.operator in ['Gt', 'Lt']) || has(self.values) && self.values.size() == 1 && self.values[0].matches('^[0-9]{1,18}$')", message: operators Gt and Lt need one whole number}
            matchFields[]: *requirement
            matchExpressions[].key: {description: Key of the label., maxLength: 317, pattern: '^([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$'}
            matchFields[].key: {description: 'Field of the node: metadata.name.', enum: [metadata.name]}
            matchExpressions[].operator: {description: How key and values relate., enum: [In, NotIn, Exists, DoesNotExist]}
            nodeSelectorTerms[].matchExpressions[].operator: &nodeOperator {description: How key and values relate., enum: [In, NotIn, Exists, DoesNotExist, Gt, Lt]}
            preference.matchExpressions[].operator: *nodeOperator
            matchFields[].operator: {description: How key and values relate., enum: [In, NotIn]}
            values: {description: Values; none with Exists and DoesNotExist., maxItems: 64}
            values[]: {maxLength: 253, pattern: '^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$'}
            # affinity
            nodeAffinity: {description: Nodes by their labels.}
            podAffinity: {description: Next to which pods.}
            podAntiAffinity: {description: Away from which pods.}
            requiredDuringSchedulingIgnoredDuringExecution: {description: What must hold when a pod is scheduled., maxItems: 16}
            nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution: {description: What must hold when a pod is scheduled., required: [nodeSelectorTerms]}
            preferredDuringSchedulingIgnoredDuringExecution: {description: What is preferred when a pod is scheduled., maxItems: 16}
            nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution[]: {required: [preference, weight]}
            preferredDuringSchedulingIgnoredDuringExecution[]: {required: [podAffinityTerm, weight]}
            nodeSelectorTerms: {description: 'Terms; one of them must hold.', minItems: 1, maxItems: 16}
            preference: {description: The term that is preferred.}
            weight: {description: '1 to 100.', format: int32, minimum: 1, maximum: 100}
            podAffinityTerm: &term
              description: Pods and the topology they are looked for in.
              required: [topologyKey]
              x-kubernetes-validations:
              - {rule: 'has(self.labelSelector) || (!has(self.matchLabelKeys) || self.matchLabelKeys.size() == 0) && (!has(self.mismatchLabelKeys) || self.mismatchLabelKeys.size() == 0)', message: matchLabelKeys and mismatchLabelKeys need labelSelector}
            podAffinity.requiredDuringSchedulingIgnoredDuringExecution[]: *term
            podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[]: *term
            topologyKey: {description: 'Node label that makes a topology, for example topology.kubernetes.io/zone.', maxLength: 317, pattern: '^([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$'}
            namespaces: {description: 'Namespaces of the pods. Default: that of the cluster.', maxItems: 32}
            namespaces[]: {maxLength: 63, pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$'}
            matchLabelKeys: {description: Labels whose values must be those of the pod itself., maxItems: 16, x-kubernetes-list-type: set}
            mismatchLabelKeys: {description: Labels whose values must not be those of the pod itself., maxItems: 16, x-kubernetes-list-type: set}
            matchLabelKeys[]: &labelKey {maxLength: 317, pattern: '^([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$'}
            mismatchLabelKeys[]: *labelKey
            # topologySpreadConstraints
            topologySpreadConstraints: {x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [topologyKey, whenUnsatisfiable]}
            topologySpreadConstraints[]:
              required: [maxSkew, topologyKey, whenUnsatisfiable]
              x-kubernetes-validations:
              - {rule: "!has(self.minDomains) || self.whenUnsatisfiable == 'DoNotSchedule'", message: minDomains needs whenUnsatisfiable DoNotSchedule}
              - {rule: '!has(self.matchLabelKeys) || self.matchLabelKeys.size() == 0 || has(self.labelSelector)', message: matchLabelKeys needs labelSelector}
            maxSkew: {description: How far the numbers of pods may differ., format: int32, minimum: 1, maximum: 100}
            minDomains: {description: Least number of topologies., format: int32, minimum: 1, maximum: 100}
            nodeAffinityPolicy: {description: 'Whether nodes that the affinity excludes count. Default Honor.', enum: [Honor, Ignore]}
            nodeTaintsPolicy: {description: 'Whether nodes with taints that are not tolerated count. Default Ignore.', enum: [Honor, Ignore]}
            whenUnsatisfiable: {description: What to do with a pod that does not fit., enum: [DoNotSchedule, ScheduleAnyway]}
            # conditions
            conditions[]: {required: [status, type]}
            conditions[].type: {description: What it is about., maxLength: 316}
            conditions[].status: {description: 'True, False or Unknown.', enum: ['True', 'False', Unknown]}
            conditions[].reason: {description: One word for programs., maxLength: 1024}
            conditions[].message: {description: For people., maxLength: 32768}
            conditions[].lastTransitionTime: {description: When status last changed., maxLength: 64}
            conditions[].observedGeneration: {description: Generation of the spec that the condition speaks of., format: int64}
            """;

    private EmbeddedFragments() {}
}
