// Shows the buttons that copy an example query, which do nothing without a script.
for (const button of document.querySelectorAll('button.copy')) {
  if (navigator.clipboard === undefined) break
  const label = button.textContent
  button.hidden = false
  button.addEventListener('click', async () => {
    const query = button.closest('details')?.querySelector('pre')?.textContent ?? ''
    await navigator.clipboard.writeText(query)
    button.textContent = button.dataset.copied
    setTimeout(() => {
      button.textContent = label
    }, 2000)
  })
}
