/** The one style of the resident's pages: 360 px first, light and dark by the reader's setting, and print. It loads nothing. */
const SHEET = `
:root{color-scheme:light dark;--back:#f8f9fa;--card:#fff;--text:#202124;--soft:#5f6368;--line:#dadce0;--edge:#80868b;
--link:#0b57d0;--primary:#0b57d0;--on-primary:#fff;
--paid:#0d652d;--paid-fill:#e6f4ea;--due:#7a4f01;--due-fill:#fef7e0;--late:#a50e0e;--late-fill:#fce8e6;
--info:#174ea6;--info-fill:#e8f0fe;--plan:#681da8;--plan-fill:#f3e8fd;--rest:#3c4043;--rest-fill:#f1f3f4}
@media (prefers-color-scheme:dark){:root{--back:#131416;--card:#1e1f22;--text:#e8eaed;--soft:#bdc1c6;--line:#3c4043;--edge:#9aa0a6;
--link:#a8c7fa;--primary:#a8c7fa;--on-primary:#062e6f;
--paid:#81e09d;--paid-fill:#12331f;--due:#fdd663;--due-fill:#3a2e09;--late:#f6aea9;--late-fill:#44191a;
--info:#aecbfa;--info-fill:#17294d;--plan:#d7aefb;--plan-fill:#321b46;--rest:#dadce0;--rest-fill:#303134}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--back);color:var(--text);font:1rem/1.5 Roboto,Arial,sans-serif;overflow-wrap:anywhere}
header,main,footer{max-width:44rem;margin:0 auto;padding:0 1rem}
.wide header,.wide main,.wide footer{max-width:56rem}
header{padding-top:1rem;padding-bottom:.5rem}
header p{margin:0;color:var(--soft)}
h1{font-size:1.25rem;line-height:1.3;margin:0 0 .25rem}
h2{font-size:1.0625rem;line-height:1.3;margin:0 0 .5rem}
h3{font-size:1rem;margin:1rem 0 .25rem}
p{margin:0 0 .5rem}
section,.box{background:var(--card);border:1px solid var(--line);border-radius:.75rem;padding:1rem;margin:0 0 1rem}
a{color:var(--link);text-underline-offset:.15em}
a:focus-visible,button:focus-visible,input:focus-visible,select:focus-visible,textarea:focus-visible,summary:focus-visible,
.scroll:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.skip{position:absolute;left:-999rem}
.skip:focus{position:static;display:inline-block;padding:.5rem 1rem}
.big{font-size:1.75rem;line-height:1.2;font-weight:700;margin:.25rem 0 .5rem;font-variant-numeric:tabular-nums}
.chip{display:inline-block;border-radius:1rem;padding:.125rem .75rem;font-size:.875rem;font-weight:600;
margin-bottom:.25rem}
.chip.paid{color:var(--paid);background:var(--paid-fill)}.chip.due{color:var(--due);background:var(--due-fill)}
.chip.late{color:var(--late);background:var(--late-fill)}.chip.info{color:var(--info);background:var(--info-fill)}
.chip.plan{color:var(--plan);background:var(--plan-fill)}.chip.rest{color:var(--rest);background:var(--rest-fill)}
.note{border-radius:.5rem;padding:.75rem 1rem;margin:0 0 1rem;color:var(--due);background:var(--due-fill)}
.soft,.hint{color:var(--soft);font-size:.875rem}
.hint,.under{display:block}.hint{margin-top:.25rem}.button+.hint{margin-top:.5rem}
.pre{white-space:pre-line}
ul.rows,ol.rows{list-style:none;margin:0;padding:0}
.rows>li{border-top:1px solid var(--line);padding:.625rem 0}
.rows>li:first-child{border-top:0}
.pair{display:flex;flex-wrap:wrap;gap:0 1rem;justify-content:space-between}
.pair>:first-child{flex:1 1 8rem}.pair .figure{margin-left:auto}
.figure{font-variant-numeric:tabular-nums;text-align:right}
.strip{list-style:none;margin:0;padding:0;display:grid;grid-template-columns:repeat(auto-fill,minmax(8rem,1fr));
gap:.5rem}
.strip li{border-radius:.5rem;padding:.5rem;font-size:.875rem}
.strip b,.strip span{display:block}
.strip .paid{color:var(--paid);background:var(--paid-fill)}.strip .due{color:var(--due);background:var(--due-fill)}
.strip .late{color:var(--late);background:var(--late-fill)}.strip .info{color:var(--info);background:var(--info-fill)}
.strip .rest{color:var(--rest);background:var(--rest-fill)}
button,.button{font:inherit;font-weight:600;min-height:3rem;padding:.625rem 1.25rem;border-radius:1.5rem;cursor:pointer;
max-width:100%;white-space:normal}
button.main,.button{display:block;width:100%;text-align:center;text-decoration:none;border:1px solid var(--primary);
background:var(--primary);color:var(--on-primary)}
button.plain{border:1px solid var(--edge);background:transparent;color:var(--link)}
form.act,form.get{margin:.5rem 0 .75rem}
.field{margin:0 0 .75rem}
label{display:block;font-weight:600;margin-bottom:.25rem}
input,select,textarea{font:inherit;color:inherit;background:var(--card);border:1px solid var(--edge);border-radius:.5rem;
padding:.5rem .75rem;width:100%;min-height:2.75rem;max-width:100%}
.check{display:flex;gap:.75rem;align-items:flex-start}
.check input{width:1.5rem;min-width:1.5rem;height:1.5rem;min-height:1.5rem;margin:0}
.check label{margin:0;font-weight:400}
details{margin:.25rem 0}section>:last-child,.rows>li>:last-child,details:last-child{margin-bottom:0}
summary{cursor:pointer;min-height:2.75rem;padding:.5rem 0;color:var(--link);font-weight:600}
.inside{padding:.25rem 0 .5rem .75rem;border-left:3px solid var(--line)}
.month .inside{padding:0;border:0}
blockquote{margin:.25rem 0;padding-left:.75rem;border-left:3px solid var(--line);white-space:pre-line}
section.scroll{overflow-x:auto;border:0;padding:0;margin:0;border-radius:0;background:none;overflow-wrap:break-word}
table{border-collapse:collapse;width:100%;font-size:.875rem}
caption{text-align:left;font-weight:600;padding:.25rem 0}
th,td{padding:.375rem .25rem .375rem 0;text-align:left;vertical-align:top;border-top:1px solid var(--line)}
th:last-child,td:last-child{padding-right:0}
thead th{border-top:0}.num{text-align:right;font-variant-numeric:tabular-nums}
td.num{white-space:nowrap}
tfoot th,tfoot td,.sum th,.sum td{font-weight:700}
dl{display:grid;grid-template-columns:minmax(0,max-content) minmax(6.5rem,1fr);gap:.375rem 1rem;margin:0}
dt{color:var(--soft)}dd{margin:0}
.links{list-style:none;margin:0;padding:0}
.links a,.back a,.languages a,.languages span{display:inline-block;padding:.375rem 0;min-height:1.75rem}
.languages{margin-bottom:.5rem}.languages ul{list-style:none;display:flex;flex-wrap:wrap;gap:0 1rem;margin:0;padding:0}
.languages span{font-weight:700;color:var(--text)}
.two{display:grid;grid-template-columns:repeat(auto-fit,minmax(9rem,1fr));gap:0 1rem}
footer{padding-bottom:2rem;color:var(--soft);font-size:.875rem}
@media (max-width:30rem){table{font-size:.8125rem}}
@media (min-width:48rem){.strip{grid-template-columns:repeat(6,1fr)}header{padding-top:2rem}.big{font-size:2.25rem}
section,.box{padding:1.5rem}
button.main,.button{width:auto;min-width:16rem;display:inline-block}}
@media print{:root{color-scheme:light;--back:#fff;--card:#fff;--text:#000;--soft:#333;--line:#999;--link:#000}
body{font-size:10pt}header,main,footer,.wide main{max-width:none;padding:0}
section,.box{border:0;border-radius:0;padding:0;margin:0 0 12pt}
.chip,.strip li,.note{border:1px solid #666}
form,.languages,.skip,.noprint,.button,summary{display:none}
details::details-content{content-visibility:visible;display:block;block-size:auto}
.month summary{display:block;color:#000}.inside{border:0;padding:0}tr,li{break-inside:avoid}
thead{display:table-header-group}.scroll{overflow:visible}}
`;

export const STYLE = SHEET.trim().replace(/\n/g, '');
