"""Golden values of CLIP with hashed weights: its image tower as golden_models.py has networks, and its texts, by open_clip
(OpenAI's names) and transformers (Hugging Face's): Tests/Fixtures/clip/.

    python tools/golden_clip.py [NAME...]

Beside what golden_models.py writes, Tests/Fixtures/models/<name>.safetensors of the towers, there are
  tokens.json           texts with the identifiers of their tokens
  tiny, tiny.json       a small checkpoint with its vocabulary, and probabilities of names
  <name>.safetensors    texts   the embeddings of TEXTS, at unit length, a row each
                        logits  the scores of the tower's input picture for TEXTS, and their gradient's summary
"""

import html
import json
import re
import sys
import tempfile
import unicodedata
from pathlib import Path

import ftfy
import open_clip
import regex
import torch
import transformers
from safetensors.numpy import save_file
from torch import nn

import golden_models
import hashed_weights

FOLDER = Path(__file__).resolve().parent.parent / "Tests/Fixtures/clip"
VOCABULARY = Path(__file__).resolve().parent.parent / "content/clip/merges.txt"
TEXTS = ["a photo of a tiger shark.", "itap of my zebra.", "graffiti of the fire engine, fire truck.", "dog", ""]
CLASS = 1
START, END = "<|startoftext|>", "<|endoftext|>"

# ftfy repairs text that was decoded wrongly, which class names aren't; Vitrine does without. What is left is NFC.
ftfy.fix_text = lambda text: unicodedata.normalize("NFC", text)
open_clip.tokenizer.ftfy.fix_text = ftfy.fix_text


class OpenAIImages(nn.Module):
    """open_clip's network as OpenAI trained it, whose result is the embedding of a picture."""

    def __init__(self, size=224):
        super().__init__()
        self.inner = open_clip.create_model("ViT-B-32-quickgelu", force_image_size=size)

    def forward(self, x):
        return self.inner.encode_image(x)

    def texts(self, tokens):
        return self.inner.encode_text(tokens)


class HuggingFaceImages(nn.Module):
    """transformers' CLIPModel, whose result is the embedding of a picture."""

    def __init__(self, **settings):
        super().__init__()
        self.inner = transformers.CLIPModel(transformers.CLIPConfig(**settings))

    def forward(self, x):
        found = self.inner.vision_model(pixel_values=x, interpolate_pos_encoding=True)
        return self.inner.visual_projection(found.pooler_output)

    def texts(self, tokens):
        return self.inner.text_projection(self.inner.text_model(input_ids=tokens).pooler_output)


def small():
    """Three blocks a tower, pictures of 48 pixels in patches of 16, exact GELU, and heads that differ in width."""
    return HuggingFaceImages(
        projection_dim=48,
        vision_config=dict(hidden_size=96, num_hidden_layers=3, num_attention_heads=3, intermediate_size=200, image_size=48,
                           patch_size=16, hidden_act="gelu"),
        text_config=dict(hidden_size=64, num_hidden_layers=3, num_attention_heads=4, intermediate_size=160, hidden_act="gelu",
                         eos_token_id=49407))


def rename(name):
    """A tensor's or module's name in the checkpoint."""
    return name.removeprefix("inner.")


def fill(net):
    """Hashed weights by the names in the checkpoint."""
    with torch.no_grad():
        for name, value in net.state_dict().items():
            value.copy_(torch.from_numpy(hashed_weights.tensor(rename(name), tuple(value.shape))))
    return net.eval()


def fill_resized(net):
    """The same for open_clip's network at another size, from the embedding of positions at 224."""
    state = {rename(name): value for name, value in net.state_dict().items()}
    state["visual.positional_embedding"] = torch.zeros(50, 768)
    state = {name: torch.from_numpy(hashed_weights.tensor(name, tuple(value.shape))) for name, value in state.items()}
    open_clip.model.resize_pos_embed(state, net.inner)
    net.inner.load_state_dict(state)
    return net.eval()


def blocks(name, count):
    """VITAL's taps among a tower's blocks."""
    return [f"inner.{name}.{index}" for index in (range(count) if count < 4 else (0, 4, 8, 11))]


HF = "vision_model.encoder.layers"
TOWERS = {  # name: network, size, taps, values
    "clip-openai": (OpenAIImages, 224, ["inner.visual.conv1"] + blocks("visual.transformer.resblocks", 12),
                    r"inner\.visual\.(ln_pre|transformer\.resblocks\.\d+(\.mlp\.c_fc|\.mlp\.gelu)?)"),
    "clip-hf": (HuggingFaceImages, 224, ["inner.vision_model.embeddings.patch_embedding"] + blocks(HF, 12),
                r"inner\.vision_model\.(embeddings|pre_layrnorm|post_layernorm|encoder\.layers\.\d+)"),
    "clip-small": (small, 48, ["inner.vision_model.embeddings.patch_embedding"] + blocks(HF, 3),
                   r"inner\.vision_model\.(embeddings|pre_layrnorm|post_layernorm|encoder\.layers\.\d+(\.mlp\.activation_fn)?)"),
}


OTHER_SIZES = {  # name: network, fill, the tower that it is otherwise
    "clip-openai-96": (lambda: OpenAIImages(96), fill_resized, "clip-openai"),
    "clip-hf-96": (HuggingFaceImages, fill, "clip-hf"),
}


def tokenizer():
    """open_clip's, which is OpenAI's but for the names of its special tokens; with OpenAI's own."""
    made = open_clip.SimpleTokenizer()
    for theirs, name in (("<start_of_text>", START), ("<end_of_text>", END)):
        made.encoder[name] = made.encoder.pop(theirs)
    made.decoder = {index: symbol for symbol, index in made.encoder.items()}
    made.cache = {START: START, END: END}
    marks = f"{re.escape(START)}|{re.escape(END)}"
    made.pat = regex.compile(marks + r"|'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+", regex.IGNORECASE)
    return made


def make_texts(name):
    """Writes the embeddings of texts, and a picture's scores for them."""
    build, size = TOWERS[name][:2]
    net = fill(build())
    for parameter in net.parameters():
        parameter.requires_grad_(False)
    texts = nn.functional.normalize(net.texts(tokenizer()(TEXTS)), dim=-1)
    x = golden_models.picture("input:0", size).requires_grad_(True)
    scores = net.inner.logit_scale.exp() * nn.functional.normalize(net(x), dim=-1) @ texts.T
    (gradient,) = torch.autograd.grad(scores[0, CLASS], x)
    fixture = {"texts": texts.numpy(), "logits": scores.detach().numpy().ravel(),
               "gradient": golden_models.summary("gradient", gradient, 4096)}
    metadata = {"input": "input:0", "class": str(CLASS), "texts": json.dumps(TEXTS), "torch": torch.__version__,
                "open_clip": open_clip.__version__, "transformers": transformers.__version__}
    save_file(fixture, FOLDER / f"{name}.safetensors", metadata)
    print(f"{name}: scores {fixture['logits']}")


LONG = "a photograph of " + ", ".join(f"thing number {index}" for index in range(12)) + " and nothing else"
SAMPLES = TEXTS + [
    "a photo of a {}.", "A Photo Of A CAT", "  spaces \t and\n\nlines\r\n\u00a0and\u2003wide ones  ", "don't you'll we've I'm she'd they're it's",
    "DON'T YOU'LL", "'s't're 've'", "1234567890", "route 66, 3.14159 and 1e-5", "½ Ⅷ ² ٣ ४", "hello!!! what??? ... --- ###",
    "user@example.com https://example.com/a_b?c=d&e=f#g", "snake_case kebab-case camelCase", "$100 €50 £20 ¥30", "C++ C# F♯ a+b=c",
    "naïve café résumé façade", "nai\u0308ve cafe\u0301", "Straße GROẞ ŁÓDŹ Ærøskøbing", "Ελληνικά Привет мир", "日本語のテキスト", "中文字符 测试",
    "한국어 텍스트", "العربية", "עברית", "हिन्दी", "ไทย", "🐯🦈", "👩‍👩‍👧‍👦 family 🇨🇭 flag", "❤️ heart ☃ snow", "mixed漢字and ascii",
    "&amp; &lt;tag&gt; &quot;quoted&quot; &#39;single&#39; &#x1F42F;", "&amp;amp; twice &amp;lt;", "&eacute;t&eacute; &nbsp; &hellip; &mdash;",
    "&notanentity; & alone &; &#; &#x; &#xZZ;", "&amp without semicolon &lt5 &copy2026 &notit; &ampere", "&#0; &#x110000; &#xD800; &#128; &#150;",
    "<|startoftext|> inside <|endoftext|> too", "<|STARTOFTEXT|>", "< | startoftext | >", "supercalifragilisticexpialidocious",
    "pneumonoultramicroscopicsilicovolcanoconiosis", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "zzzzzzzzzz qqqqqqqqqq xxxxxxxxxx", "a", ".", "'", "''",
    "'tis o'clock rock'n'roll", "tiger shark, Galeocerdo cuvieri", "the embroidered Shih-Tzu.", "itap of my St. Bernard.", "x" * 60,
    "tab\tseparated\x0bvertical\x0cform", "zero\u200bwidth\u200djoiner\ufeffmark", "İstanbul", "ΟΔΟΣ", "ﬁne ligature", "ｆｕｌｌｗｉｄｔｈ", "𝒻𝒶𝓃𝒸𝓎 𝔱𝔢𝔵𝔱",
    "\U0001F600\U0001F601\U0001F602", "e\u0301\u0323 combining", "क्षत्रिय", "“curly” ‘quotes’ – dash — long…", "100% sure #1 (best) [really] {yes}",
    "\\backslash /slash |pipe ~tilde `tick ^hat", "\x01control\x1f", "3rd 21st 2nd", "0xDEADBEEF", "a1b2c3", "北京2008", "10°C ± 5 µm",
    "N'Djamena L'Aquila", "“it’s”", LONG,
]


def make_tiny():
    """Writes tiny/, a whole checkpoint as Hugging Face's hub has them, of half precision and with a vocabulary of its own,
    and in tiny.json the probabilities of a picture for names by two templates."""
    folder = FOLDER / "tiny"
    folder.mkdir(parents=True, exist_ok=True)
    merges = ["d o", "do g</w>", "c a", "ca t</w>", "o f</w>", "t h", "th e</w>"]
    (folder / "merges.txt").write_text("#version: 0.2\n" + "\n".join(merges) + "\n")
    symbols = [symbol for symbol, index in sorted(tokenizer().encoder.items(), key=lambda item: item[1])[:512]]
    symbols += [merge.replace(" ", "") for merge in merges] + [START, END]
    torch.manual_seed(3)
    tower = dict(hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=24)
    net = transformers.CLIPModel(transformers.CLIPConfig(
        projection_dim=8, vision_config=tower | dict(image_size=16, patch_size=8),
        text_config=tower | dict(vocab_size=len(symbols), eos_token_id=len(symbols) - 1, bos_token_id=len(symbols) - 2))).eval()
    with torch.no_grad():
        for parameter in net.parameters():
            parameter.copy_((parameter * 4 if parameter.dim() > 1 else parameter).half())
        net.logit_scale.fill_(2.5)
    net.half().save_pretrained(folder)
    net.float()
    with tempfile.TemporaryDirectory() as place:
        Path(place, "vocab.json").write_text(json.dumps({symbol: index for index, symbol in enumerate(symbols)}))
        Path(place, "merges.txt").write_text((folder / "merges.txt").read_text())
        texts = transformers.CLIPTokenizer.from_pretrained(place)
        names, templates, rows = ["dog", "Cat", "a cat of the dog", "zebra"], ["a photo of a {}.", "the {}"], []
        with torch.no_grad():
            for name in names:
                tokens = texts([template.format(name) for template in templates], padding=True, return_tensors="pt")
                found = net.text_projection(net.text_model(**tokens).pooler_output)
                rows.append(nn.functional.normalize(nn.functional.normalize(found, dim=-1).mean(0), dim=-1))
            x = (golden_models.picture("tiny", 16) + 1) / 2
            mean = torch.tensor([0.48145466, 0.4578275, 0.40821073]).reshape(1, 3, 1, 1)
            deviation = torch.tensor([0.26862954, 0.26130258, 0.27577711]).reshape(1, 3, 1, 1)
            image = net.visual_projection(net.vision_model(pixel_values=(x - mean) / deviation).pooler_output)
            scores = net.logit_scale.exp() * nn.functional.normalize(image, dim=-1) @ torch.stack(rows).T
    (FOLDER / "tiny.json").write_text(json.dumps(
        {"names": names, "templates": templates, "probabilities": scores.softmax(-1)[0].tolist()}) + "\n")
    print("tiny:", scores.softmax(-1))


def make_tokens():
    """Writes texts and their identifiers, start and end included, and says where transformers' tokenizer differs: in a
    sigma that ends a word, in special tokens in capitals, and in control characters that only Python takes for space."""
    ours = tokenizer()
    with tempfile.TemporaryDirectory() as folder:
        merges = VOCABULARY.read_text()
        symbols = [token for token, _ in sorted(ours.encoder.items(), key=lambda item: item[1])]
        Path(folder, "vocab.json").write_text(json.dumps({symbol: index for index, symbol in enumerate(symbols)}))
        Path(folder, "merges.txt").write_text(merges)
        theirs = transformers.CLIPTokenizerFast(f"{folder}/vocab.json", f"{folder}/merges.txt") \
            if hasattr(transformers, "CLIPTokenizerFast") else transformers.CLIPTokenizer.from_pretrained(folder)
        rows = []
        for text in SAMPLES:
            identifiers = [ours.sot_token_id] + ours.encode(text) + [ours.eot_token_id]
            fast = theirs(html.unescape(html.unescape(text)))["input_ids"]
            if fast != identifiers:
                print(f"  transformers differs on {text!r}: {fast} rather than {identifiers}")
            rows.append({"text": text, "tokens": identifiers})
    FOLDER.mkdir(parents=True, exist_ok=True)
    with open(FOLDER / "tokens.json", "w") as file:
        file.write("[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]\n")
    print(f"{len(rows)} texts, {sum(len(row['tokens']) for row in rows)} tokens")


def make_vocabulary():
    """Writes content/clip/merges.txt: the part of OpenAI's list of merges that CLIP uses."""
    import gzip

    path = Path(open_clip.__file__).parent / "bpe_simple_vocab_16e6.txt.gz"
    lines = gzip.open(path).read().decode().split("\n")[1:49152 - 256 - 2 + 1]
    VOCABULARY.parent.mkdir(parents=True, exist_ok=True)
    VOCABULARY.write_text("#version: 0.2\n" + "\n".join(lines) + "\n")


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for wanted in sys.argv[1:] or ["vocabulary", "tokens", "tiny", *TOWERS, *OTHER_SIZES]:
        if wanted == "vocabulary":
            make_vocabulary()
        elif wanted == "tokens":
            make_tokens()
        elif wanted == "tiny":
            make_tiny()
        elif wanted in OTHER_SIZES:
            network, filling, like = OTHER_SIZES[wanted]
            _, _, taps, pattern = TOWERS[like]
            golden_models.make(wanted, network, 96, taps, pattern, (1024, 1024), filling, rename)
        else:
            network, size, taps, pattern = TOWERS[wanted]
            golden_models.make(wanted, network, size, taps, pattern, (4096, 4096), fill, rename)
            make_texts(wanted)
