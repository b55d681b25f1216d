-- What the front page says comes before the table of contents: pandoc puts the abstract there.
function Pandoc(doc)
  doc.blocks = doc.blocks:walk {
    Div = function(div)
      if div.identifier == "framsida" then
        doc.meta.abstract = pandoc.MetaBlocks(div.content)
        return {}
      end
    end,
  }
  return doc
end
