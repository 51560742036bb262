#include "report/report_style.hpp"

namespace topline {

namespace {

// Colours are those of the figures (figure_theme_css), so that words and pictures match.
const char* const kBase = R"(
:root{color-scheme:light dark;--page:var(--tl-page);--text:var(--tl-text);--muted:var(--tl-muted);
--accent:var(--tl-accent);--rule:var(--tl-rule);--soft:var(--tl-faint);--cover:#0a4770;--on-cover:#ffffff;
--quiet-on-cover:#b2d2e7;--column:45rem}
@media screen and (prefers-color-scheme:dark){:root{--cover:#0d3450;--quiet-on-cover:#95c0dc}}
*,*::before,*::after{box-sizing:border-box}
html{font-size:100%;-webkit-text-size-adjust:100%;text-size-adjust:100%;scroll-padding-top:3rem}
body{margin:0;background:var(--page);color:var(--text);font-size:1.0625rem;line-height:1.65;
overflow-wrap:break-word;font-kerning:normal}
a{color:var(--accent);text-decoration-thickness:1px;text-underline-offset:.18em}
a:hover{text-decoration-thickness:2px}
:focus-visible{outline:3px solid var(--accent);outline-offset:3px;border-radius:2px}
.skip{position:absolute;inset-inline-start:-100vw;top:0;z-index:3;background:var(--page);padding:.75rem 1rem}
.skip:focus{inset-inline-start:0}
.invented{margin:0;padding:.3rem 1rem;text-align:center;font-size:.8125rem;line-height:1.4;
background:var(--soft);color:var(--text);border-block-end:1px solid var(--rule)}
.invented.bar{position:sticky;top:0;z-index:2}
main,.contents,.foot{max-width:var(--column);margin-inline:auto;padding-inline:1.25rem}
h1,h2,h3,h4,figcaption{text-wrap:balance;font-weight:700;line-height:1.25}
h2{font-size:1.75rem;margin:0 0 1.25rem;letter-spacing:-.01em}
h3{font-size:1.25rem;margin:2.75rem 0 .75rem}
h4,h5,h6{font-size:1.0625rem;margin:2rem 0 .5rem}
main>section,.contents{padding-block:4rem 1rem}
main>section>h2::before,.contents>h2::before{content:"";display:block;inline-size:3rem;block-size:.3rem;
background:var(--accent);margin-block-end:1rem}
p,ul,ol,blockquote,dl{margin:0 0 1.1rem}
p{text-wrap:pretty}
ul,ol{padding-inline-start:1.5rem}
li>p{margin-block-end:.4rem}
blockquote{margin-inline:0;padding-inline-start:1.25rem;border-inline-start:.25rem solid var(--accent)}
code{font-size:.9em;background:var(--soft);padding:.1em .3em;border-radius:3px}
pre{overflow-x:auto;background:var(--soft);padding:1rem;border-radius:3px}
pre code{background:none;padding:0}
hr{border:0;border-block-start:1px solid var(--rule);margin:2.5rem 0}
.value{font-variant-numeric:tabular-nums lining-nums;white-space:nowrap}
sup{line-height:0}
.noteref{text-decoration:none;padding-inline:.15em}

.cover{background:var(--cover);color:var(--on-cover);min-height:100vh;min-height:100svh;display:flex;
flex-direction:column;padding:clamp(1.5rem,6vw,5rem);position:relative}
.cover a{color:inherit}
.cover :focus-visible{outline-color:var(--on-cover)}
.cover .kind{margin:0;font-size:1rem;color:var(--quiet-on-cover)}
.cover h1{font-size:clamp(2.1rem,7vw,4.25rem);line-height:1.1;letter-spacing:-.02em;margin:.75rem 0 0;max-width:18ch}
.cover .subtitle{font-size:clamp(1.15rem,2.6vw,1.6rem);line-height:1.35;margin:1rem 0 0;max-width:32ch;color:var(--quiet-on-cover)}
.cover .art{margin:clamp(2rem,6vh,4rem) 0;flex:1 1 auto;display:flex;flex-direction:column;justify-content:center}
.cover .art svg{inline-size:100%;max-width:52rem;block-size:auto;display:block}
.cover .art p{margin:.9rem 0 0;font-size:.875rem;color:var(--quiet-on-cover);max-width:34rem}
.cover .imprint{display:flex;flex-wrap:wrap;gap:.25rem 2.5rem;font-size:1rem;align-items:baseline}
.cover .imprint p{margin:0}
.cover .publisher{font-weight:700;font-size:1.125rem}
.cover .disclaimer{margin:1.25rem 0 0;padding-block-start:1.25rem;border-block-start:1px solid var(--quiet-on-cover)}

.contents ol{list-style:none;padding:0;margin:0}
.contents>ol>li{border-block-start:1px solid var(--rule);padding-block:.7rem}
.contents>ol>li>a{font-weight:700}
.contents li li a{color:var(--text)}
.contents ol ol{margin-block-start:.3rem}
.contents li li{padding-block:.15rem}
.contents a{text-decoration:none;display:inline-block;padding-block:.15rem}
.contents a:hover{text-decoration:underline}

.findings{list-style:none;padding:0;margin:0;display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,19rem),1fr));
gap:0 2.5rem}
.findings li{display:grid;grid-template-columns:4.5rem 1fr;gap:0 1.25rem;align-items:start;
border-block-start:1px solid var(--rule);padding-block:1.25rem;break-inside:avoid}
.findings svg{inline-size:4.5rem;block-size:4.5rem;margin-block-start:.3rem}
.findings .large{display:block;font-size:2.75rem;line-height:1.05;font-weight:700;color:var(--accent);
font-variant-numeric:tabular-nums lining-nums;letter-spacing:-.02em}
.findings .said{display:block;margin-block-start:.35rem;line-height:1.45}
.findings .see{display:inline-block;font-size:.875rem;margin-block-start:.35rem}

.exhibit{margin:2.5rem 0 3rem;padding-block-start:1rem;border-block-start:2px solid var(--text)}
.exhibit figcaption{font-size:1.125rem;margin-block-end:1.1rem}
.exhibit figcaption .number{display:block;font-size:.875rem;font-weight:400;color:var(--muted);margin-block-end:.15rem}
.exhibit svg.tl-fig{display:block;max-width:100%;height:auto}
.drawing.wide{display:none}
.drawing.narrow svg.tl-fig{inline-size:100%;max-width:27rem}
.small{font-size:.8125rem;line-height:1.5;color:var(--muted);margin-block-start:1rem}
.small p{margin:0 0 .25rem}
details{margin-block-start:.75rem;font-size:.9375rem}
summary{cursor:pointer;color:var(--accent);font-size:.875rem;padding-block:.35rem;inline-size:fit-content}

.scroll{overflow-x:auto;margin-block:.5rem 1rem}
table{border-collapse:collapse;font-size:.9375rem;line-height:1.4;font-variant-numeric:tabular-nums lining-nums;inline-size:100%}
caption{text-align:start;font-weight:700;padding-block-end:.4rem}
th,td{padding:.4rem .65rem;border-block-end:1px solid var(--rule);text-align:end;vertical-align:bottom}
th:first-child,td:first-child{padding-inline-start:0}
thead th{font-weight:700;border-block-end:2px solid var(--text)}
thead th[scope=colgroup]{border-block-end:1px solid var(--rule);text-align:center}
thead td{border-block-end:2px solid var(--text)}
tbody td{white-space:nowrap}
.prose-table td{white-space:normal}
thead th{min-inline-size:4.5rem}
tbody th{font-weight:400;text-align:start;min-inline-size:9rem}
tr.net>*,tr.total>*{font-weight:700}
tr.member th{padding-inline-start:1.1rem}
tr.base>*,tr.dont_know>*,tr.statistic>*{color:var(--muted)}
.prose-table th,.prose-table td{text-align:start;vertical-align:top}
.prose-table .c{text-align:center}.prose-table .r{text-align:end}

dl.about{margin:0}
dl.about>div{border-block-start:1px solid var(--rule);padding-block:1rem}
dl.about dt{font-weight:700}
dl.about dd{margin:0}
dl.about dd>:last-child{margin-block-end:0}
dl.about p{margin-block-end:.5rem}
.source{font-size:.875rem;color:var(--muted)}
.footnotes{border-block-start:1px solid var(--rule);font-size:.9375rem;margin-block-start:3rem;padding-block-start:1rem}
.foot{padding-block:2.5rem 3rem;margin-block-start:3rem;border-block-start:1px solid var(--rule);font-size:.875rem;color:var(--muted)}
.foot p{margin-block-end:.35rem}
@media (min-width:46rem){
dl.about>div{display:grid;grid-template-columns:11rem 1fr;column-gap:2rem}
.contents>ol>li{display:grid;grid-template-columns:15rem 1fr;column-gap:2rem}
.contents ol ol{margin-block-start:0}
}
)";

// Japanese: no slanted type, emphasis by weight, kinsoku, full-width punctuation set tight,
// headings broken between phrases where the browser can.
const char* const kEastAsian = R"(
body{line-height:1.9;line-break:strict;text-spacing-trim:trim-start;text-autospace:normal;
hanging-punctuation:allow-end;font-size:1rem}
p{text-align:justify;text-wrap:wrap}
h1,h2,h3,h4,figcaption,.contents a,.findings .said,.subtitle,th{word-break:normal;word-break:auto-phrase;letter-spacing:0}
.cover h1{letter-spacing:.01em;line-height:1.3;max-width:16em}
.cover p,.findings p,.small p,.foot p,dl.about p{text-align:start}
@media screen and (max-width:46rem){p{text-align:start}}
h1,h2,h3,h4,figcaption{line-height:1.45}
em{font-style:normal;font-weight:700}
.small{line-height:1.7}
.findings .said{line-height:1.65}
)";

const char* const kPrint = R"(
@media print{
:root{color-scheme:light}
html{font-size:10.5pt}
body{font-size:10.5pt;line-height:1.5;background:none}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}
.skip,.invented.bar,details,.foot,.editions{display:none}
main,.contents{max-width:none;padding-inline:0}
.cover{page:cover;min-height:0;height:297mm;padding:24mm 20mm;break-after:page}
.cover h1{font-size:40pt}
.cover .subtitle{font-size:16pt}
.contents{break-after:page}
.contents,main>section{padding-block:0 1rem}
.own-page{break-before:page;break-after:page}
main>section{break-before:page}
main>section.runs-on{break-before:auto;padding-block-start:2rem}
h2,h3,h4,h5,figcaption{break-after:avoid;break-inside:avoid}
.exhibit{break-inside:avoid;margin:1.25rem 0 1.5rem}
.exhibit svg.tl-fig{max-height:200mm;max-width:100%}
.drawing.wide{display:block}.drawing.narrow{display:none}
.scroll{overflow:visible}
table,tr{break-inside:avoid}
p,li{orphans:3;widows:3}
a{color:inherit;text-decoration:none}
.findings{grid-template-columns:1fr 1fr;gap:0 8mm}
.findings li{padding-block:4mm}
dl.about>div{display:grid;grid-template-columns:38mm 1fr;column-gap:6mm;padding-block:2.5mm;break-inside:avoid}
}
)";

std::string css_string(const std::string& text) {
  std::string out = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\')
      out += '\\';
    if (c == '<')
      out += "\\3c ";  // a style element must not end here
    else
      out += c == '\n' ? ' ' : c;
  }
  return out + "\"";
}

}  // namespace

std::string report_css(const Language& language, const std::string& family,
                       const std::string& footer) {
  std::string css = kBase;
  css += "body{font-family:" + family + "}\n";
  css += "@media (min-width:" + std::to_string(kWideFigureFrom) +
         "px){.drawing.wide{display:block}.drawing.narrow{display:none}}\n";
  if (language.east_asian())
    css += kEastAsian;
  css += kPrint;
  css += "@page{size:A4;margin:22mm 24mm 24mm;@bottom-left{content:" + css_string(footer) +
         ";font:8pt " + family + ";color:#5b6570}@bottom-right{content:counter(page);font:8pt " +
         family +
         ";color:#5b6570}}\n@page cover{margin:0;@bottom-left{content:none}@bottom-right{content:"
         "none}}\n";
  return css;
}

}  // namespace topline
