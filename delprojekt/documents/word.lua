-- A footnote stands where it is called and becomes one of Word's own. A fackord is only a word.
function Span(span)
  if span.classes:includes("fotnot") then
    return pandoc.Note({ pandoc.Para(span.content) })
  end
  if span.classes:includes("dfn") then
    return span.content
  end
end
