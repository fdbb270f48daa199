"""Name the ontology terms; no other module does.

A constant is the prefix and the local name in capitals: `SCHEMA_WORK_FEATURED` is `schema:workFeatured`.
The terms of our own namespace (`cg`) are defined in `ontology/confgraph.ttl`; a test holds the two equal.
"""

from __future__ import annotations

from typing import Final

VERSION: Final = "0.1.0"
"""The version of our ontology."""

CG: Final = "https://w3id.org/confgraph/ontology#"
ONTOLOGY: Final = "https://w3id.org/confgraph/ontology"
VERSION_IRI: Final = f"{ONTOLOGY}/{VERSION}"

BIBO: Final = "http://purl.org/ontology/bibo/"
CONF: Final = "https://w3id.org/scholarlydata/ontology/conference-ontology.owl#"
DCAT: Final = "http://www.w3.org/ns/dcat#"
DCTERMS: Final = "http://purl.org/dc/terms/"
FABIO: Final = "http://purl.org/spar/fabio/"
FOAF: Final = "http://xmlns.com/foaf/0.1/"
MLS: Final = "http://www.w3.org/ns/mls#"
OA: Final = "http://www.w3.org/ns/oa#"
ORG: Final = "http://www.w3.org/ns/org#"
OWL: Final = "http://www.w3.org/2002/07/owl#"
PROV: Final = "http://www.w3.org/ns/prov#"
RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
SCHEMA: Final = "https://schema.org/"
SD: Final = "http://www.w3.org/ns/sparql-service-description#"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
SOA: Final = "https://semopenalex.org/ontology/"
VOID: Final = "http://rdfs.org/ns/void#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"

PREFIXES: Final = {
    "bibo": BIBO,
    "cg": CG,
    "conf": CONF,
    "dcat": DCAT,
    "dcterms": DCTERMS,
    "fabio": FABIO,
    "foaf": FOAF,
    "mls": MLS,
    "oa": OA,
    "org": ORG,
    "owl": OWL,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": SCHEMA,
    "skos": SKOS,
    "soa": SOA,
    "void": VOID,
    "xsd": XSD,
}
"""The prefixes of every file we write, sorted."""

# Our classes
CG_METHOD: Final = CG + "Method"
CG_METRIC: Final = CG + "Metric"
CG_TASK: Final = CG + "Task"

# Our properties: a paper and what it is about
CG_ADDRESSES_TASK: Final = CG + "addressesTask"
CG_COMPARES_TO: Final = CG + "comparesTo"
CG_EVALUATES_ON: Final = CG + "evaluatesOn"
CG_INTRODUCES: Final = CG + "introduces"
CG_NAMES_INSTITUTION: Final = CG + "namesInstitution"
CG_REPORTS_METRIC: Final = CG + "reportsMetric"
CG_USES_DATASET: Final = CG + "usesDataset"
CG_USES_METHOD: Final = CG + "usesMethod"
CG_USES_SOFTWARE: Final = CG + "usesSoftware"

# Our properties: a paper and what belongs to it
CG_FLAG: Final = CG + "flag"
CG_FURTHER_AUTHORS: Final = CG + "furtherAuthors"
CG_HAS_RESOURCE: Final = CG + "hasResource"
CG_RECOVERED_TITLE: Final = CG + "recoveredTitle"
CG_REPORTS_RESULT: Final = CG + "reportsResult"
CG_TITLE_RECOVERED_FROM: Final = CG + "titleRecoveredFrom"
CG_WORK_OF: Final = CG + "workOf"

# Our properties: an organisation
CG_COUNTRY: Final = CG + "country"

# Our properties: a result
CG_OF_METHOD: Final = CG + "ofMethod"
CG_ON_DATASET: Final = CG + "onDataset"
CG_PRINTED_VALUE: Final = CG + "printedValue"
CG_UNIT: Final = CG + "unit"

# Our properties: one per relation type of SciER (Zhang et al., EMNLP 2024)
CG_BENCHMARK_FOR: Final = CG + "benchmarkFor"
CG_COMPARE_WITH: Final = CG + "compareWith"
CG_EVALUATED_WITH: Final = CG + "evaluatedWith"
CG_PART_OF: Final = CG + "partOf"
CG_RELATED_TO: Final = CG + "relatedTo"
CG_SUB_CLASS_OF: Final = CG + "subClassOf"
CG_SUB_TASK_OF: Final = CG + "subTaskOf"
CG_SYNONYM_OF: Final = CG + "synonymOf"
CG_TRAINED_WITH: Final = CG + "trainedWith"
CG_USED_FOR: Final = CG + "usedFor"

# Our properties: where and when a work is presented
CG_PRESENTATION_FORM: Final = CG + "presentationForm"
CG_PRINTED_END: Final = CG + "printedEnd"
CG_PRINTED_START: Final = CG + "printedStart"
CG_PRINTED_VENUE: Final = CG + "printedVenue"

# Our properties: evidence
CG_CONFIDENCE: Final = CG + "confidence"
CG_CONFIGURATION: Final = CG + "configuration"

# Papers
BIBO_DOI: Final = BIBO + "doi"
BIBO_PRESENTED_AT: Final = BIBO + "presentedAt"
DCTERMS_ABSTRACT: Final = DCTERMS + "abstract"
DCTERMS_CREATOR: Final = DCTERMS + "creator"
DCTERMS_DATE: Final = DCTERMS + "date"
DCTERMS_IDENTIFIER: Final = DCTERMS + "identifier"
DCTERMS_TITLE: Final = DCTERMS + "title"
FABIO_CONFERENCE_PAPER: Final = FABIO + "ConferencePaper"
FABIO_HAS_ARXIV_ID: Final = FABIO + "hasArXivId"
FABIO_HAS_PUBLICATION_YEAR: Final = FABIO + "hasPublicationYear"
FABIO_WORKSHOP_PAPER: Final = FABIO + "WorkshopPaper"
SCHEMA_ALTERNATE_NAME: Final = SCHEMA + "alternateName"
SCHEMA_KEYWORDS: Final = SCHEMA + "keywords"
SCHEMA_MENTIONS: Final = SCHEMA + "mentions"
SCHEMA_NAME: Final = SCHEMA + "name"
SCHEMA_SCHOLARLY_ARTICLE: Final = SCHEMA + "ScholarlyArticle"
SCHEMA_URL: Final = SCHEMA + "url"

# People, organisations and authorships
FOAF_NAME: Final = FOAF + "name"
FOAF_PERSON: Final = FOAF + "Person"
ORG_ORGANIZATION: Final = ORG + "Organization"
ORG_SUB_ORGANIZATION_OF: Final = ORG + "subOrganizationOf"
OWL_SAME_AS: Final = OWL + "sameAs"
SOA_AUTHORSHIP: Final = SOA + "Authorship"
SOA_HAS_AUTHOR: Final = SOA + "hasAuthor"
SOA_HAS_AUTHORSHIP: Final = SOA + "hasAuthorship"
SOA_HAS_ORGANIZATION: Final = SOA + "hasOrganization"
SOA_POSITION: Final = SOA + "position"
SOA_RAW_AFFILIATION: Final = SOA + "rawAffiliation"

# Events and places
CONF_CONFERENCE: Final = CONF + "Conference"
CONF_CONFERENCE_SERIES: Final = CONF + "ConferenceSeries"
CONF_END_DATE: Final = CONF + "endDate"
CONF_HAS_SERIES: Final = CONF + "hasSeries"
CONF_IS_SUB_EVENT_OF: Final = CONF + "isSubEventOf"
CONF_SESSION: Final = CONF + "Session"
CONF_START_DATE: Final = CONF + "startDate"
CONF_TALK: Final = CONF + "Talk"
CONF_TRACK: Final = CONF + "Track"
CONF_TUTORIAL: Final = CONF + "Tutorial"
CONF_WORKSHOP: Final = CONF + "Workshop"
SCHEMA_ABOUT: Final = SCHEMA + "about"
SCHEMA_EVENT: Final = SCHEMA + "Event"
SCHEMA_LOCATION: Final = SCHEMA + "location"
SCHEMA_MEETING_ROOM: Final = SCHEMA + "MeetingRoom"
SCHEMA_PERFORMER: Final = SCHEMA + "performer"
SCHEMA_WORK_FEATURED: Final = SCHEMA + "workFeatured"

# Concepts, data, software and results
MLS_EVALUATION_MEASURE: Final = MLS + "EvaluationMeasure"
MLS_HAS_VALUE: Final = MLS + "hasValue"
MLS_MODEL_EVALUATION: Final = MLS + "ModelEvaluation"
MLS_SPECIFIED_BY: Final = MLS + "specifiedBy"
SCHEMA_CODE_REPOSITORY: Final = SCHEMA + "codeRepository"
SCHEMA_CONTENT_URL: Final = SCHEMA + "contentUrl"
SCHEMA_CREATIVE_WORK: Final = SCHEMA + "CreativeWork"
SCHEMA_DATASET: Final = SCHEMA + "Dataset"
SCHEMA_DATA_DOWNLOAD: Final = SCHEMA + "DataDownload"
SCHEMA_SOFTWARE_SOURCE_CODE: Final = SCHEMA + "SoftwareSourceCode"
SCHEMA_WEB_SITE: Final = SCHEMA + "WebSite"
SKOS_ALT_LABEL: Final = SKOS + "altLabel"
SKOS_BROADER: Final = SKOS + "broader"
SKOS_CLOSE_MATCH: Final = SKOS + "closeMatch"
SKOS_CONCEPT: Final = SKOS + "Concept"
SKOS_PREF_LABEL: Final = SKOS + "prefLabel"

# Evidence
OA_ANNOTATION: Final = OA + "Annotation"
OA_END: Final = OA + "end"
OA_EXACT: Final = OA + "exact"
OA_HAS_BODY: Final = OA + "hasBody"
OA_HAS_SELECTOR: Final = OA + "hasSelector"
OA_HAS_SOURCE: Final = OA + "hasSource"
OA_HAS_TARGET: Final = OA + "hasTarget"
OA_PREFIX: Final = OA + "prefix"
OA_SPECIFIC_RESOURCE: Final = OA + "SpecificResource"
OA_START: Final = OA + "start"
OA_SUFFIX: Final = OA + "suffix"
OA_TEXT_POSITION_SELECTOR: Final = OA + "TextPositionSelector"
OA_TEXT_QUOTE_SELECTOR: Final = OA + "TextQuoteSelector"
PROV_ACTIVITY: Final = PROV + "Activity"
PROV_ENDED_AT_TIME: Final = PROV + "endedAtTime"
PROV_ENTITY: Final = PROV + "Entity"
PROV_SOFTWARE_AGENT: Final = PROV + "SoftwareAgent"
PROV_USED: Final = PROV + "used"
PROV_WAS_ASSOCIATED_WITH: Final = PROV + "wasAssociatedWith"
PROV_WAS_DERIVED_FROM: Final = PROV + "wasDerivedFrom"
PROV_WAS_GENERATED_BY: Final = PROV + "wasGeneratedBy"
PROV_WAS_INFORMED_BY: Final = PROV + "wasInformedBy"
PROV_WAS_QUOTED_FROM: Final = PROV + "wasQuotedFrom"
RDF_OBJECT: Final = RDF + "object"
RDF_PREDICATE: Final = RDF + "predicate"
RDF_STATEMENT: Final = RDF + "Statement"
RDF_SUBJECT: Final = RDF + "subject"
SCHEMA_SHA256: Final = SCHEMA + "sha256"
SCHEMA_SOFTWARE_VERSION: Final = SCHEMA + "softwareVersion"
SCHEMA_WEB_PAGE: Final = SCHEMA + "WebPage"

# The graph itself, and what every instance has
DCAT_DATASET: Final = DCAT + "Dataset"
DCTERMS_CREATED: Final = DCTERMS + "created"
DCTERMS_DESCRIPTION: Final = DCTERMS + "description"
DCTERMS_IS_REPLACED_BY: Final = DCTERMS + "isReplacedBy"
DCTERMS_LICENSE: Final = DCTERMS + "license"
DCTERMS_MODIFIED: Final = DCTERMS + "modified"
DCTERMS_SOURCE: Final = DCTERMS + "source"
OWL_IMPORTS: Final = OWL + "imports"
OWL_ONTOLOGY: Final = OWL + "Ontology"
OWL_VERSION_INFO: Final = OWL + "versionInfo"
RDFS_LABEL: Final = RDFS + "label"
RDF_TYPE: Final = RDF + "type"
VOID_CLASS: Final = VOID + "class"
VOID_CLASSES: Final = VOID + "classes"
VOID_CLASS_PARTITION: Final = VOID + "classPartition"
VOID_DATASET: Final = VOID + "Dataset"
VOID_DISTINCT_SUBJECTS: Final = VOID + "distinctSubjects"
VOID_ENTITIES: Final = VOID + "entities"
VOID_EXAMPLE_RESOURCE: Final = VOID + "exampleResource"
VOID_PROPERTIES: Final = VOID + "properties"
VOID_PROPERTY: Final = VOID + "property"
VOID_PROPERTY_PARTITION: Final = VOID + "propertyPartition"
VOID_TRIPLES: Final = VOID + "triples"
VOID_URI_SPACE: Final = VOID + "uriSpace"
VOID_VOCABULARY: Final = VOID + "vocabulary"

# Datatypes
XSD_ANY_URI: Final = XSD + "anyURI"
XSD_BOOLEAN: Final = XSD + "boolean"
XSD_DATE_TIME: Final = XSD + "dateTime"
XSD_DECIMAL: Final = XSD + "decimal"
XSD_G_YEAR: Final = XSD + "gYear"
XSD_INTEGER: Final = XSD + "integer"
XSD_STRING: Final = XSD + "string"
