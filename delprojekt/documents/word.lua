-- A footnote stands where it is called and becomes one of Word's own. A fackord is only a word.
local function spans(span)
  if span.classes:includes("fotnot") then
    return pandoc.Note({ pandoc.Para(span.content) })
  end
  if span.classes:includes("dfn") then
    return span.content
  end
end

-- What the front page says comes before the table of contents: pandoc puts the abstract there.
function Pandoc(doc)
  doc.blocks = doc.blocks:walk {
    Div = function(div)
      if div.identifier == "framsida" then
        doc.meta.abstract = pandoc.MetaBlocks(div.content)
        return {}
      end
    end,
    Span = spans,
  }
  return doc
end
