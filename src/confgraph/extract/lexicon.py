"""The word lists of the patterns: what bounds a noun phrase, what says nothing, which heads name which field.

General English and the field's common nouns, no names; names live in the gazetteers.
"""

from __future__ import annotations

from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


FUNCTION: Final = _words("""
a an the this that these those it its they them their theirs we us our ours i you your he she his her one ones who whom whose which what
when where why how whether if then than as at by for from in into of off on onto or and nor but so yet to toward towards under until up
upon via with within without about above across after against along among amid around because before behind below beneath beside between
beyond despite down during except inside like near outside over past per since through throughout till unlike versus vs both either
neither each every all any some no not none most more less least much many few fewer several such same other others another own only just
even also too very quite rather still already once often always never sometimes usually typically generally however moreover furthermore
thus hence therefore while although though whereas instead otherwise nevertheless is are was were be been being am do does did done has
have had having can could may might must shall should will would cannot there here now recently e.g i.e etc eg ie cf et al respectively
due meanwhile de facto plus minus per yet towards amongst whereby thereof two three four five six seven eight nine ten first second third
last next zero hundred thousand million billion ii iii iv hoc priori posteriori situ vitro vivo silico
""")

PRAISE: Final = _words("""
novel new newly simple effective efficient powerful general generic unified principled scalable robust practical promising popular common
existing current previous prior recent traditional conventional classical standard modern typical various different diverse multiple
numerous many certain specific particular given proposed resulting corresponding underlying related relevant important key main major
critical crucial central essential significant substantial considerable large small larger smaller big huge high higher highest low lower
lowest strong stronger strongest weak weaker better best good great superior competitive comparable similar same different improved
complex complicated challenging difficult hard easy easier fast faster slow slower cheap expensive accurate precise flexible versatile
lightweight straightforward elegant natural useful helpful beneficial additional extra further extensive comprehensive thorough detailed
careful rigorous systematic first original initial final full whole entire complete overall total single individual separate independent
own open able available public publicly real actual true possible potential alternative advanced sophisticated innovative state-of-the-art
sota cutting-edge leading well-known widely-used widely used so-called appropriate suitable desired optimal suboptimal near-optimal
provable provably theoretical empirical experimental intuitive interesting surprising surprisingly notable remarkable impressive
long-standing commonly unseen downstream upstream target source fundamental broad wide wider broader rich richer vast massive limited
little primary secondary basic core early late earlier later great greater equivalent respective candidate baseline learned trained
pretrained pre-trained underexplored carefully carefully-designed easy-to-use plug-and-play off-the-shelf ready-to-use holistic ad-hoc
bespoke tailored custom customized specialized dedicated multi-faceted real-world real-life large-scale small-scale high-quality
low-quality high-performance well-established long pure desirable undesirable wrong correct incorrect deeper deepest reasonable simplest
simpler accurate successful reliable consistent interpretable-by-design only widespread ubiquitous dominant prevalent prominent
representative mainstream
""")

EVALUATIVE: Final = _words("""
novel new simple effective efficient powerful flexible practical promising popular existing current previous recent traditional conventional
various different diverse several multiple improved accurate precise better sota state-of-the-art cutting-edge straightforward elegant
challenging proposed
""")
"""The words that praise or place a thing and make it no other thing."""

VERBS: Final = _words("""
achieve achieves achieved achieving address addresses addressed addressing adopt adopts adopted adopting advance advances aim aims aimed
aiming align aligns allow allows allowed allowing analyze analyzes analyse apply applies applied applying argue argues assess assesses
assume assumes attain avoid avoids based become becomes began begin benefit benefits break bridge bridges bring brings build builds built
building call called calling capture captures captured capturing challenge choose collect collected combine combines combined combining
compare compares compared comparing comprise comprises compute computes computed conduct conducted consider considers considered
considering consist consists consisting construct constructs constructed constructing contain contains containing contribute contributes
convert create creates created creating decrease define defined defining deliver delivers demonstrate demonstrates demonstrated
demonstrating denote depend depends derive derives derived deriving describe describes described design designs designed designing
determine develop develops developed developing devise differ discover discovers discuss discussed distinguish employ employs employed
employing enable enables enabled enabling encode encodes encourage enforce enhance enhances enhanced enhancing ensure ensures ensuring
establish establishes estimate estimates evaluate evaluates evaluated evaluating examine examines exceed exceeds exhibit exhibits exist
exists explain explains exploit exploits exploited exploiting explore explores explored exploring extend extends extended extending
extract extracts facilitate facilitates fail fails find finds finding focus focuses focusing follow follows following force found gain
gains generate generates generated generating get gets give gives given go guarantee guarantees guide guides handle handles handling help
helps highlight highlights identify identifies identified identifying illustrate implement implements implemented implementing imply
implies improve improves improving include includes included including incorporate incorporates incorporating increase increases increased
increasing indicate indicates infer inspired integrate integrates integrating interpret introduce introduces introduced introducing
investigate investigates involve involves involving keep keeps know known lack lacks lead leads learn learns let leverage leverages
leveraged leveraging lie limit limits made maintain maintains maintaining make makes making match matches matching maximize mean means
measure measures measuring minimize minimizes minimizing mitigate mitigates model motivate motivated need needs note obtain obtains
obtained obtaining offer offers offering optimize optimizes optimizing outperform outperforms outperformed outperforming overcome
overcomes perform performs performed performing play plays pose poses predict predicts present presents presented presenting preserve
preserves preserving prevent prevents produce produces produced producing promote propose proposes proposing prove proves proved proven
provide provides provided providing publish put quantify raise raises reach reaches reached reaching realize receive received recover
reduce reduces reduced reducing refer referred reformulate rely relies relying release releases released releasing remain remains remove
replace replaces replacing report reports represent represents representing require requires required requiring resolve result results
resulting retain return reveal reveals review run runs running satisfy scale scales see seek seeks seem seems select selects serve serves
set show shows showed showing shown solve solves solved solving speed spend stand start state study studies studied studying suffer
suffers suggest suggests summarize support supports supporting surpass surpasses surpassing tackle tackles tackling take takes taken
taking tend test tested testing train trains training transfer transform treat try turn understand unify update use uses used using
utilize utilizes utilized utilizing validate validates validating vary varies varying verify view want work works working write yield
yields yielding becoming getting going coming comes come came left helped evolved emerged emerge emerges termed named dubbed namely coined
thereby potentially significantly efficiently effectively directly jointly simultaneously especially particularly specifically
additionally finally notably importantly largely highly extremely relatively fully partially entirely merely simply easily automatically
iteratively adaptively explicitly implicitly consistently substantially considerably dramatically greatly closely currently previously
extensively empirically theoretically experimentally increasingly elicit elicits eliciting induce induces inducing rectify rectifies distill
distills distilling facing deepen deepens hinder hinders inform informs mimic mimics perturb perturbs refine
refines rethink rethinking attract attracts attracted attracting impair impairs revisit revisits revisiting strengthen strengthens
""")

BOUNDARIES: Final = FUNCTION | PRAISE | VERBS | {"s"}  # what an apostrophe leaves

METHOD_HEADS: Final = _words("""
network model algorithm learning optimization optimisation optimizer transformer autoencoder encoder decoder classifier estimator sampler
solver kernel embedding prompting tuning fine-tuning finetuning pretraining pre-training distillation sampling inference search descent
adapter loss regularization regularizer attention augmentation normalization quantization pruning clustering regression factorization
decomposition ensemble generator discriminator tokenizer retriever reranker prover agent machine forest process flow diffusion dropout
pooling convolution perceptron gan vae gnn cnn rnn lstm llm lm vlm mllm forcing matching unlearning bootstrapping backpropagation
differentiation simulator simulation policy bandit tree mixture program programming verification rendering parser tagger detector module
mechanism method procedure technique scheme strategy layer merging alignment filter equivariance conformal approximation relaxation
projection initialization recipe objective parametrization parameterization reparameterization
""")

WEAK_METHOD_HEADS: Final = _words("""
module mechanism method procedure technique scheme strategy layer process policy agent machine program objective search inference sampling
model algorithm loss simulation tree filter recipe approximation matching network embedding alignment generator detector mixture kernel
verification rendering programming ensemble projection flow learning classifier detector regression pruning pretraining pre-training
optimization
""")
"""Heads that name a method only when a specific word stands before them."""

TASK_HEADS: Final = _words("""
classification detection segmentation generation recognition translation answering reasoning parsing retrieval prediction forecasting
estimation planning summarization understanding localization tracking reconstruction synthesis completion captioning editing restoration
denoising inpainting deblurring super-resolution grounding navigation manipulation grasping control matching registration recommendation
ranking identification verification labeling tagging disambiguation linking extraction discovery proving solving imputation interpolation
editing rendering adaptation generalization compression deduplication detection anonymization alignment diagnosis screening modeling
modelling inversion stylization colorization matting counting reidentification re-identification allocation scheduling assignment routing
selection attribution explanation moderation detoxification unlearning simulation
""")

ABSTRACT_TASK_HEADS: Final = _words(
    "understanding reasoning prediction control editing explanation discovery ranking planning adaptation alignment modeling modelling "
    "generalization manipulation answering"
)
"""Heads that also stand for an act or a result in passing (`a clear understanding`): they name a task only after a noun."""

LANGUAGES: Final = _words("""
afrikaans albanian amharic arabic armenian assamese basque bengali bulgarian burmese catalan cantonese chinese croatian czech danish dutch
english estonian finnish french galician georgian german greek gujarati hausa hebrew hindi hungarian icelandic igbo indonesian irish italian
japanese javanese kannada kazakh khmer konkani korean kurdish kyrgyz lao latin latvian lithuanian macedonian malay malayalam maltese
mandarin marathi mongolian nepali norwegian pashto persian polish portuguese punjabi quechua romanian russian sanskrit serbian sindhi
sinhala slovak slovenian somali spanish swahili swedish tagalog tajik tamil tatar telugu thai tibetan turkish turkmen ukrainian urdu
uyghur uzbek vietnamese welsh wolof xhosa yiddish yoruba zulu
""")
"""Names of languages, which say of what a collection is and are not its name."""

PROPER_DATA_HEADS: Final = _words("survey census registry biobank atlas treebank archive repository cohort")
"""Nouns that, in a proper name, call a collection of data."""

DATASET_HEADS: Final = _words("dataset corpus benchmark testbed treebank database leaderboard suite collection challenge")

METRIC_HEADS: Final = _words(
    "accuracy score error rate precision recall distance divergence perplexity similarity correlation f1 auc latency "
    "throughput speedup regret complexity"
)

GENERIC_MODIFIERS: Final = _words("""
our paper work approach method methods model models data dataset datasets research framework study task tasks problem problems domain
domains setting settings performance application applications system systems experiment experiments result results code standard base
based machine-learning machine learning deep neural multi non pre post sub benchmark evaluation training test testing validation state art
end time level use case way set number kind type part class
""")

COMMON_CAPITALS: Final = _words("""
AI ML NLP CV GPU GPUs CPU CPUs TPU TPUs API APIs US USA UK EU 1D 2D 3D 4D RGB RGB-D MRI CT EEG fMRI ECG SOTA NP PDE PDEs ODE ODEs SDE SDEs
QA HTML JSON SQL URL URLs DNA RNA COVID-19 COVID PAC IID OOD ID RAM VRAM FLOPs FLOPS GFLOPs NeurIPS ICML ICLR CVPR ICCV ECCV ACL EMNLP
AAAI IJCAI KDD NIPS PDF XML CSV IoT AR VR XR UI GUI HCI STEM K-12 AUC PSNR SSIM I II III IV PhD CEO LaTeX GitHub YouTube arXiv OpenAI
SoTA SotA DeepMind HuggingFace
DARPA NSF GB MB TB FP16 FP32 INT8 INT4 BF16 A100 H100 V100 RTX iOS macOS LiDAR LIDAR GPS MDP MDPs POMDP POMDPs NMR
SNR CAD SMILES
""")
"""Words of capitals that name no method or dataset."""
