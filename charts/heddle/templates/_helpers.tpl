{{- define "heddle.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{- define "heddle.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 63 | trimSuffix "-" -}}
{{- else -}}
{{- $name := include "heddle.name" . -}}
{{- if contains $name .Release.Name -}}
{{- .Release.Name | trunc 63 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 63 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "heddle.namespace" -}}
{{- default .Release.Namespace .Values.namespaceOverride -}}
{{- end -}}

{{- define "heddle.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "heddle.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- required "serviceAccount.name: needed with serviceAccount.create: false, else whatever runs as the namespace's account `default` would have the operator's rights" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{/* What finds the operator's pods; never changes between versions, a Deployment's selector is immutable. */}}
{{- define "heddle.selectorLabels" -}}
app.kubernetes.io/name: heddle
app.kubernetes.io/instance: {{ .Release.Name | quote }}
app.kubernetes.io/component: operator
{{- end -}}

{{/* Labels of every object: the user's, then ours over them. */}}
{{- define "heddle.labels" -}}
{{- $own := include "heddle.selectorLabels" . | fromYaml -}}
{{- $_ := set $own "app.kubernetes.io/version" .Chart.AppVersion -}}
{{- $_ := set $own "app.kubernetes.io/managed-by" .Release.Service -}}
{{- $_ := set $own "app.kubernetes.io/part-of" "heddle" -}}
{{- $_ := set $own "helm.sh/chart" (printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-") -}}
{{- toYaml (mergeOverwrite (deepCopy .Values.commonLabels) $own) -}}
{{- end -}}

{{/* Labels of the pods: without the versions, so that a pod rolls only when its own template changes. */}}
{{- define "heddle.podLabels" -}}
{{- $own := include "heddle.selectorLabels" . | fromYaml -}}
{{- toYaml (mergeOverwrite (deepCopy .Values.commonLabels) .Values.podLabels $own) -}}
{{- end -}}

{{- define "heddle.image" -}}
{{- $repository := .Values.image.repository -}}
{{- if .Values.image.registry -}}
{{- $path := regexReplaceAll "^([^/]*[.:][^/]*|localhost)/" $repository "" -}}
{{- $repository = printf "%s/%s" (trimSuffix "/" .Values.image.registry) $path -}}
{{- end -}}
{{- if .Values.image.digest -}}
{{- printf "%s@%s" $repository .Values.image.digest -}}
{{- else -}}
{{- printf "%s:%s" $repository (default .Chart.AppVersion .Values.image.tag) -}}
{{- end -}}
{{- end -}}

{{/* The rules of one part of files/rules.yaml; the argument is [root, part…]. */}}
{{- define "heddle.rules" -}}
{{- $source := (first .).Files.Get "files/rules.yaml" | fromYaml -}}
{{- $rules := list -}}
{{- range rest . -}}
{{- $rules = concat $rules (required (printf "files/rules.yaml has no %q" .) (index $source .)) -}}
{{- end -}}
{{- toYaml $rules -}}
{{- end -}}

{{/* What the schema cannot say: rules between keys. */}}
{{- define "heddle.validate" -}}
{{- if and (gt (int .Values.replicas) 1) (not .Values.leaderElection.enabled) -}}
{{- fail "replicas: more than one needs leaderElection.enabled: true, else several operators act at once" -}}
{{- end -}}
{{- if and .Values.metrics.serviceMonitor.enabled (not .Values.metrics.service.enabled) -}}
{{- fail "metrics.serviceMonitor.enabled: needs metrics.service.enabled: true" -}}
{{- end -}}
{{- end -}}
